import { useState } from 'react'
import { codeOf, sentenceFor } from '../../stores/api.ts'
import { changeProject, type ProjectChange } from '../../stores/change-project.ts'
import { administers } from '../../stores/me.ts'
import { toast } from '../../stores/toasts.ts'
import { useHere } from '../workspace-context.ts'

/** The project as it is, and the way to change it. */
export function useProject() {
  const { membership } = useHere()
  if (!administers(membership)) throw new Error('Settings are shown to owners and admins alone.')
  const { project } = membership

  async function change(body: ProjectChange): Promise<void> {
    await changeProject(project, body)
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
      const late = codeOf(error) === 'changed_meanwhile'
      const why = late ? 'Somebody else has just changed this; it shows now as it is.' : sentenceFor(error)
      toast(`Not changed. ${why}`, { tone: 'bad' })
    } finally {
      setWanted(undefined)
    }
  }
  return [wanted ?? now, choose]
}
