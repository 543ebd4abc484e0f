import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { plural } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'

export type Arrivals = Answer<'GET /projects/:project/enforcement'>

export function enforcementQuery(project: string) {
  return queryOptions({
    queryKey: ['enforcement', project],
    queryFn: () => api('GET /projects/:project/enforcement', { params: { project } }),
  })
}

/** "In the last 7 days 12 signed in with a token; 3 anonymous would have been refused." They are sessions, not people. */
export function arrivals({ days, signedIn, anonymous }: Arrivals): string {
  const span = `In the last ${plural(days, 'day')}`
  if (signedIn === 0 && anonymous === 0) return `${span} nobody came.`
  const came = `${signedIn === 0 ? 'nobody' : signedIn.toLocaleString('en')} signed in with a token`
  if (anonymous === 0) return `${span} ${came}, and nobody came without one.`
  return `${span} ${came}; ${anonymous.toLocaleString('en')} anonymous would have been refused.`
}
