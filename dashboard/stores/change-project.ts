import type { Input } from '../../protocol/endpoints.ts'
import type { Project } from '../../protocol/records.ts'
import { api, apiMatching, codeOf } from './api.ts'
import { $me, administers } from './me.ts'

export type ProjectChange = Input<'PATCH /projects/:project'>['body']

/**
 * What somebody else has saved since is not undone unseen: it is read, and only what nobody else has touched is saved
 * over it. What both have changed is refused once; whoever saves again means it.
 */
export async function changeProject(before: Project, body: ProjectChange): Promise<void> {
  remember(await savedOver(before, body))
}

async function savedOver(before: Project, body: ProjectChange): Promise<Project> {
  const params = { project: before.id }
  try {
    return await apiMatching(before.etag)('PATCH /projects/:project', { params, body })
  } catch (error) {
    if (codeOf(error) !== 'changed_meanwhile') throw error
    const now = await api('GET /projects/:project', { params })
    if (!('enforcement' in now)) throw error
    if (touches(body, before, now)) {
      remember(now)
      throw error
    }
    return apiMatching(now.etag)('PATCH /projects/:project', { params, body })
  }
}

/** Is something among what is to be changed that is another now than before? */
function touches(body: ProjectChange, before: Project, now: Project): boolean {
  const were = new Map<string, unknown>(Object.entries(before))
  return Object.entries(now).some(
    ([field, value]) => field in body && JSON.stringify(value) !== JSON.stringify(were.get(field)),
  )
}

function remember(project: Project) {
  const me = $me.get()
  if (!me) return
  const memberships = me.memberships.map((each) =>
    administers(each) && each.project.id === project.id ? { ...each, project } : each,
  )
  $me.set({ ...me, memberships })
}
