/** Shared secrets (SS1–SS7). */
import Type from 'typebox'
import { described } from '../record-parts.ts'
import { SharedSecret } from '../records.ts'
import { type Endpoint, KeyParams, Nothing, object, ProjectParams } from './parts.ts'

const GraceSeconds = Type.Integer({ minimum: 60, maximum: 30 * 86_400 })

export const sharedSecretEndpoints = {
  'GET /projects/:project/shared-secrets': {
    summary: "The project's shared secrets, without the secrets themselves",
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    status: 200,
    answer: object({ sharedSecrets: Type.Array(SharedSecret) }),
  },
  'POST /projects/:project/shared-secrets': {
    summary: 'Generate a shared secret; the answer is the only one that ever shows it',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: object({
      previous: described(
        Type.Optional(Type.Enum(['revoke', 'retire', 'keep'])),
        'What becomes of the secrets that there are: revoked unless it is given',
      ),
      graceSeconds: described(Type.Optional(GraceSeconds), 'How long those that retire still verify'),
    }),
    status: 201,
    refusals: ['too_many_keys'],
    answer: object({ ...SharedSecret.properties, secret: described(Type.String(), 'Shown once') }),
  },
  'POST /projects/:project/shared-secrets/:key/revoke': {
    summary: 'Revoke a secret: whoever came in through it is signed out within a second',
    caller: 'agent',
    forAdmins: true,
    params: KeyParams,
    status: 204,
    refusals: ['key_not_live'],
    answer: Nothing,
  },
  'POST /projects/:project/shared-secrets/:key/retire': {
    summary: 'Let a secret verify for a while longer, then no more',
    caller: 'agent',
    forAdmins: true,
    params: KeyParams,
    body: object({ graceSeconds: described(GraceSeconds, 'How long it still verifies') }),
    status: 204,
    refusals: ['key_not_live'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
