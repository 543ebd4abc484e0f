/** What is kept of a person: given out, and erased. */
import Type from 'typebox'
import { described } from '../record-parts.ts'
import { Id } from '../records.ts'
import { VisitorExport, VisitorHoldings } from '../visitor-export.ts'
import { type Endpoint, Nothing, object, Page, ProjectParams, withoutNul } from './parts.ts'

const VisitorParams = object({ project: Id, visitor: Id })
const ExternalId = described(
  Type.String({ minLength: 1, maxLength: 255, pattern: withoutNul }),
  'Who he is to the site: the `external_id` of his tokens',
)

export const visitorEndpoints = {
  'GET /projects/:project/visitors': {
    summary: 'The person with this external id, and how much is stored of him; an empty list if there is nobody',
    caller: 'agent',
    forAdmins: true,
    scope: 'visitors:read',
    params: ProjectParams,
    query: object({ externalId: ExternalId }),
    status: 200,
    answer: object({ visitors: Type.Array(VisitorHoldings) }),
  },
  'GET /projects/:project/visitors/:visitor': {
    summary: 'How much is stored of a person',
    caller: 'agent',
    forAdmins: true,
    scope: 'visitors:read',
    params: VisitorParams,
    status: 200,
    answer: VisitorHoldings,
  },
  'GET /projects/:project/visitors/:visitor/export': {
    summary:
      'All that is stored of a person, in pages; the first has his profile, and is written down in the audit log',
    caller: 'agent',
    forAdmins: true,
    scope: 'visitors:export',
    params: VisitorParams,
    query: object({ page: Page }),
    status: 200,
    answer: VisitorExport,
  },
  'DELETE /projects/:project/visitors/:visitor': {
    summary:
      'Erase a person, with all his conversations; he is signed out within a second, and nothing brings him back',
    caller: 'agent',
    forAdmins: true,
    scope: 'visitors:erase',
    params: VisitorParams,
    status: 204,
    answer: Nothing,
  },
  'DELETE /projects/:project/visitors': {
    summary: 'Erase a person by his external id',
    caller: 'api key',
    scope: 'visitors:erase',
    params: ProjectParams,
    query: object({ externalId: ExternalId }),
    status: 200,
    answer: object({ erased: described(Type.Boolean(), 'False: there was nobody') }),
  },
} as const satisfies Record<string, Endpoint>
