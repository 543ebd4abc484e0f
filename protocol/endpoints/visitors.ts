/** What is kept of a person: given out, and erased. */
import Type from 'typebox'
import { Id } from '../records.ts'
import { VisitorExport, VisitorHoldings } from '../visitor-export.ts'
import { type Endpoint, Nothing, object, ProjectParams, withoutNul } from './parts.ts'

const VisitorParams = object({ project: Id, visitor: Id })
const ExternalId = Type.String({ minLength: 1, maxLength: 255, pattern: withoutNul })

export const visitorEndpoints = {
  'GET /projects/:project/visitors': {
    summary: 'The person with this external id, and how much is stored of him; an empty list if there is nobody',
    caller: 'agent',
    scope: 'visitors:read',
    params: ProjectParams,
    query: object({ externalId: ExternalId }),
    status: 200,
    refusals: ['forbidden'],
    answer: object({ visitors: Type.Array(VisitorHoldings) }),
  },
  'GET /projects/:project/visitors/:visitor': {
    summary: 'How much is stored of a person',
    caller: 'agent',
    scope: 'visitors:read',
    params: VisitorParams,
    status: 200,
    refusals: ['forbidden'],
    answer: VisitorHoldings,
  },
  'GET /projects/:project/visitors/:visitor/export': {
    summary:
      'All that is stored of a person, in pages; the first has his profile, and is written down in the audit log',
    caller: 'agent',
    scope: 'visitors:export',
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
    scope: 'visitors:erase',
    params: VisitorParams,
    status: 204,
    refusals: ['forbidden'],
    answer: Nothing,
  },
  'DELETE /projects/:project/visitors': {
    summary: 'Erase a person by his external id',
    caller: 'api key',
    scope: 'visitors:erase',
    params: ProjectParams,
    query: object({ externalId: ExternalId }),
    status: 200,
    answer: object({ erased: Type.Boolean() }),
  },
} as const satisfies Record<string, Endpoint>
