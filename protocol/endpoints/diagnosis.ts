/** What explains a sign-in that fails: a check of one token (VS13), the log of refusals (VS12), and who changed what (SS9). */
import Type from 'typebox'
import { AuditEntry, SignInRefusal, TokenCheck } from '../admin-records.ts'
import { type Endpoint, object, Paging, ProjectParams } from './parts.ts'

const nextPage = Type.Union([Type.String(), Type.Null()])

export const diagnosisEndpoints = {
  'POST /projects/:project/token-checks': {
    summary: 'Run every rule on a token; it is neither stored nor logged, and signs nobody in',
    caller: 'agent',
    params: ProjectParams,
    body: object({
      token: Type.String({ maxLength: 64 * 1024 }),
      verifier: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    status: 200,
    refusals: ['forbidden'],
    answer: TokenCheck,
  },
  'GET /projects/:project/sign-in-log': {
    summary: 'Sign-ins that were refused in the last 30 days, the latest first, at most 1,000',
    caller: 'agent',
    params: ProjectParams,
    query: Paging,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ refusals: Type.Array(SignInRefusal), nextPage }),
  },
  'GET /projects/:project/audit-log': {
    summary: 'Who changed keys, enforcement, origins, roles and bans, the latest first',
    caller: 'agent',
    params: ProjectParams,
    query: Paging,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ entries: Type.Array(AuditEntry), nextPage }),
  },
} as const satisfies Record<string, Endpoint>
