import type { Core } from '../../core.ts'
import { callPage } from './page.ts'

export interface Choice {
  id: string
  name: string
}

/**
 * The departments to choose from, as the page's handlers leave them: the list of the event may be changed in place,
 * and what `beforeDepartmentsFormRender` returns takes its place.
 */
export function departmentsFor(core: Core): Choice[] {
  const known = core.project.get()?.departments ?? []
  const departments = known.map((one) => ({ ...one, _id: one.id }))
  core.events.dispatch('onBeforeDepartmentsFormRender', { departments })
  const returned = callPage(core, 'beforeDepartmentsFormRender', departments)
  const wanted: typeof departments = Array.isArray(returned) ? returned : departments
  return wanted.filter(({ id, name }) => typeof name === 'string' && known.some((one) => one.id === id))
}
