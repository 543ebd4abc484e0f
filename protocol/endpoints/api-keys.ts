/** API keys: for a site's backend, in `Authorization: Bearer sga_…` (HT2). */
import Type from 'typebox'
import { ApiKey, ApiScope } from '../admin-records.ts'
import { described } from '../record-parts.ts'
import { ApiKeyName, type Endpoint, KeyParams, Nothing, object, ProjectParams } from './parts.ts'

export const apiKeyEndpoints = {
  'GET /projects/:project/api-keys': {
    summary: "The project's API keys, without the keys themselves",
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    status: 200,
    answer: object({ apiKeys: Type.Array(ApiKey) }),
  },
  'POST /projects/:project/api-keys': {
    summary: 'Generate an API key; the answer is the only one that ever shows it',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: object({
      name: ApiKeyName,
      // Not uniqueItems: to look for it, whatever was sent is hashed first, however deep it is.
      scopes: Type.Array(ApiScope, { minItems: 1, maxItems: 20 }),
    }),
    status: 201,
    answer: object({ ...ApiKey.properties, key: described(Type.String(), '`sga_…`; shown once') }),
  },
  'DELETE /projects/:project/api-keys/:key': {
    summary: 'Revoke an API key at once',
    caller: 'agent',
    forAdmins: true,
    params: KeyParams,
    status: 204,
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
