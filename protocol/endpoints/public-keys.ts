/** Public keys (SS8): a site that signs with a private key of its own registers the public one, or where to fetch it. */
import Type from 'typebox'
import { PublicKey } from '../admin-records.ts'
import { type Endpoint, KeyParams, Nothing, object, ProjectParams } from './parts.ts'

export const publicKeyEndpoints = {
  'GET /projects/:project/public-keys': {
    summary: "The project's public keys and JWKS addresses",
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    status: 200,
    answer: object({ publicKeys: Type.Array(PublicKey) }),
  },
  'POST /projects/:project/public-keys': {
    summary: 'Register a public key as PEM or JWK, or a JWKS address that is fetched at once',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: Type.Union([
      object({ pem: Type.String({ maxLength: 16_384 }), algorithm: Type.Optional(PublicKey.properties.algorithm) }),
      object({ jwk: Type.Record(Type.String(), Type.Unknown()) }),
      object({ jwksUrl: Type.String({ maxLength: 2_048 }) }),
    ]),
    status: 201,
    refusals: ['too_many_keys', 'key_invalid', 'key_is_private', 'jwks_unreachable'],
    answer: PublicKey,
  },
  'DELETE /projects/:project/public-keys/:key': {
    summary: 'Delete a public key: whoever came in through it is signed out within a second',
    caller: 'agent',
    forAdmins: true,
    params: KeyParams,
    status: 204,
    refusals: ['key_not_live'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
