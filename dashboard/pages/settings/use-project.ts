import { useState } from 'react'
import type { Input } from '../../../protocol/endpoints.ts'
import type { Project } from '../../../protocol/records.ts'
import { api, sentenceFor } from '../../stores/api.ts'
import { $me, administers } from '../../stores/me.ts'
import { toast } from '../../stores/toasts.ts'
import { useHere } from '../workspace-context.ts'

export type ProjectChange = Input<'PATCH /projects/:project'>['body']

/** The project as it is, and the way to change it. */
export function useProject() {
  const { membership } = useHere()
  if (!administers(membership)) throw new Error('Settings are shown to owners and admins alone.')
  const { project } = membership

  async function change(body: ProjectChange): Promise<void> {
    remember(await api('PATCH /projects/:project', { params: { project: project.id }, body }))
  }

  return { project, change }
}

/** For controls without a save button: shows the choice at once, and takes it back when it is refused (AG5). */
export function useInstant<V>(now: V, save: (value: V) => Promise<void>): [V, (value: V) => Promise<void>] {
  const [wanted, setWanted] = useState<V>()
  async function choose(value: V) {
    setWanted(value)
    try {
      await save(value)
      toast('Saved')
    } catch (error) {
      toast(`Not changed. ${sentenceFor(error)}`, { tone: 'bad' })
    } finally {
      setWanted(undefined)
    }
  }
  return [wanted ?? now, choose]
}

function remember(project: Project) {
  const me = $me.get()
  if (!me) return
  const memberships = me.memberships.map((each) =>
    administers(each) && each.project.id === project.id ? { ...each, project } : each,
  )
  $me.set({ ...me, memberships })
}
