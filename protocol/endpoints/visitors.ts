/** What is kept of a person: given out, and erased. */
import Type from 'typebox'
import { Id } from '../records.ts'
import { VisitorExport } from '../visitor-export.ts'
import { type Endpoint, Nothing, object, ProjectParams, withoutNul } from './parts.ts'

const VisitorParams = object({ project: Id, visitor: Id })

export const visitorEndpoints = {
  'GET /projects/:project/visitors/:visitor/export': {
    summary:
      'All that is stored of a person, in pages; the first has his profile, and is written down in the audit log',
    caller: 'agent',
    params: VisitorParams,
    query: object({ page: Type.Optional(Type.String({ maxLength: 100 })) }),
    status: 200,
    refusals: ['forbidden'],
    answer: VisitorExport,
  },
  'DELETE /projects/:project/visitors/:visitor': {
    summary:
      'Erase a person, with all his conversations; he is signed out within a second, and nothing brings him back',
    caller: 'agent',
    params: VisitorParams,
    status: 204,
    refusals: ['forbidden'],
    answer: Nothing,
  },
  'DELETE /projects/:project/visitors': {
    summary: 'Erase a person by his external id; scope visitors:erase',
    caller: 'api key',
    params: ProjectParams,
    query: object({ externalId: Type.String({ minLength: 1, maxLength: 255, pattern: withoutNul }) }),
    status: 200,
    answer: object({ erased: Type.Boolean() }),
  },
} as const satisfies Record<string, Endpoint>
