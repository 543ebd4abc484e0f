/** What a team did. */
import Type from 'typebox'
import { described } from '../record-parts.ts'
import { Report } from '../report.ts'
import { type Endpoint, object, ProjectParams, withoutNul } from './parts.ts'

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

export const reportEndpoints = {
  'GET /projects/:project/reports': {
    summary: 'What happened from one day to another, both included, at most 366: in all, by day, agent and department',
    caller: 'agent',
    scope: 'reports:read',
    forAdmins: true,
    params: ProjectParams,
    query: object({
      from: Day,
      to: Day,
      timeZone: described(
        Type.Optional(Type.String({ maxLength: 60, pattern: withoutNul })),
        'Whose days are meant, such as `Europe/Rome`; UTC unless it is given',
      ),
    }),
    status: 200,
    refusals: ['time_zone_unknown'],
    answer: Report,
  },
} as const satisfies Record<string, Endpoint>
