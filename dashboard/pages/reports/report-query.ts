import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Operations } from '../../../client/operations.ts'
import { api } from '../../stores/api.ts'

export type Report = Operations['GET /projects/:project/reports']['answer']
export type Figures = Report['total']
export type Day = Report['days'][number]

export const spans = [7, 30, 90] as const
export type Span = (typeof spans)[number]

/** The last so many days, today included, as they are where somebody sits. */
export function reportQuery(project: string, span: Span, now: number) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const [from, to] = [written(now, span - 1), written(now, 0)]
  return queryOptions({
    queryKey: ['report', project, from, to, timeZone],
    queryFn: () => api('GET /projects/:project/reports', { params: { project }, query: { from, to, timeZone } }),
    // The other span stands there until this one is counted.
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

function written(now: number, daysBefore: number): string {
  const date = new Date(now)
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
