/** Shared secrets (SS1–SS7). */
import Type from 'typebox'
import { SharedSecret } from '../records.ts'
import { type Endpoint, KeyParams, Nothing, object, ProjectParams } from './parts.ts'

export const sharedSecretEndpoints = {
  'GET /projects/:project/shared-secrets': {
    summary: "The project's shared secrets, without the secrets themselves",
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ sharedSecrets: Type.Array(SharedSecret) }),
  },
  'POST /projects/:project/shared-secrets': {
    summary: 'Generate a shared secret; the answer is the only one that ever shows it',
    caller: 'agent',
    params: ProjectParams,
    body: object({
      previous: Type.Optional(Type.Enum(['revoke', 'retire', 'keep'])),
      graceSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 30 * 86_400 })),
    }),
    status: 201,
    refusals: ['forbidden', 'too_many_keys'],
    answer: object({ ...SharedSecret.properties, secret: Type.String() }),
  },
  'POST /projects/:project/shared-secrets/:key/revoke': {
    summary: 'Revoke a secret: whoever came in through it is signed out within a second',
    caller: 'agent',
    params: KeyParams,
    status: 204,
    refusals: ['forbidden', 'key_not_live'],
    answer: Nothing,
  },
  'POST /projects/:project/shared-secrets/:key/retire': {
    summary: 'Let a secret verify for a while longer, then no more',
    caller: 'agent',
    params: KeyParams,
    body: object({ graceSeconds: Type.Integer({ minimum: 60, maximum: 30 * 86_400 }) }),
    status: 204,
    refusals: ['forbidden', 'key_not_live'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
