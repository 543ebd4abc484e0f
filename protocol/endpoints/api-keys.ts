/** API keys: for a site's backend, in `Authorization: Bearer sga_…` (HT2). */
import Type from 'typebox'
import { ApiKey, ApiScope } from '../admin-records.ts'
import { ApiKeyName, type Endpoint, KeyParams, Nothing, object, ProjectParams } from './parts.ts'

export const apiKeyEndpoints = {
  'GET /projects/:project/api-keys': {
    summary: "The project's API keys, without the keys themselves",
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ apiKeys: Type.Array(ApiKey) }),
  },
  'POST /projects/:project/api-keys': {
    summary: 'Generate an API key; the answer is the only one that ever shows it',
    caller: 'agent',
    params: ProjectParams,
    body: object({
      name: ApiKeyName,
      // Not uniqueItems: to look for it, whatever was sent is hashed first, however deep it is.
      scopes: Type.Array(ApiScope, { minItems: 1, maxItems: 20 }),
    }),
    status: 201,
    refusals: ['forbidden'],
    answer: object({ ...ApiKey.properties, key: Type.String() }),
  },
  'DELETE /projects/:project/api-keys/:key': {
    summary: 'Revoke an API key at once',
    caller: 'agent',
    params: KeyParams,
    status: 204,
    refusals: ['forbidden'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
