/** What explains a sign-in that fails: a check of one token (VS13), the log of refusals (VS12), and who changed what (SS9). */
import Type from 'typebox'
import { AuditEntry, SignInRefusal, TokenCheck } from '../admin-records.ts'
import { type Endpoint, NextPage, object, Paging, ProjectParams, Verifier } from './parts.ts'

export const diagnosisEndpoints = {
  'POST /projects/:project/token-checks': {
    summary: 'Run every rule on a token; it is neither stored nor logged, and signs nobody in',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: object({
      token: Type.String({ maxLength: 64 * 1024 }),
      verifier: Verifier,
    }),
    status: 200,
    answer: TokenCheck,
  },
  'GET /projects/:project/sign-in-log': {
    summary: 'Sign-ins that were refused in the last 30 days, the latest first, at most 1,000',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    query: Paging,
    status: 200,
    answer: object({ refusals: Type.Array(SignInRefusal), nextPage: NextPage }),
  },
  'GET /projects/:project/audit-log': {
    summary: 'Who changed keys, enforcement, origins, roles and bans, the latest first',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    query: Paging,
    status: 200,
    answer: object({ entries: Type.Array(AuditEntry), nextPage: NextPage }),
  },
} as const satisfies Record<string, Endpoint>
