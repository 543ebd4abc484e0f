/**
 * Every HTTP endpoint under `/api/v1`: what it takes and what it answers.
 *
 * The key is `METHOD /path`; the server registers handlers by it, the browser's typed client calls by it, and the
 * OpenAPI document is made from it. Bodies are taken as they are: an unknown field is refused, nothing is coerced
 * (HT1). Query values are strings. Every refusal is a `Failure` with a code from errors.ts.
 */
import type { Static, TSchema } from 'typebox'
import { agentEndpoints } from './endpoints/agents.ts'
import { apiKeyEndpoints } from './endpoints/api-keys.ts'
import { banEndpoints } from './endpoints/bans.ts'
import { conversationEndpoints } from './endpoints/conversations.ts'
import { departmentEndpoints } from './endpoints/departments.ts'
import { diagnosisEndpoints } from './endpoints/diagnosis.ts'
import { memberEndpoints } from './endpoints/members.ts'
import { projectEndpoints } from './endpoints/projects.ts'
import { publicKeyEndpoints } from './endpoints/public-keys.ts'
import { sharedSecretEndpoints } from './endpoints/shared-secrets.ts'
import { visitorSessionEndpoints } from './endpoints/visitor-sessions.ts'
import { webhookEndpoints } from './endpoints/webhooks.ts'

export type { Endpoint } from './endpoints/parts.ts'

export const endpoints = {
  ...agentEndpoints,
  ...projectEndpoints,
  ...sharedSecretEndpoints,
  ...publicKeyEndpoints,
  ...diagnosisEndpoints,
  ...visitorSessionEndpoints,
  ...conversationEndpoints,
  ...memberEndpoints,
  ...departmentEndpoints,
  ...banEndpoints,
  ...apiKeyEndpoints,
  ...webhookEndpoints,
}

export type EndpointKey = keyof typeof endpoints

type Part<K extends EndpointKey, P extends 'params' | 'query' | 'body'> = (typeof endpoints)[K] extends {
  [Q in P]: infer S extends TSchema
}
  ? { [Q in P]: Static<S> }
  : unknown

/** What a caller gives to an endpoint: those of `params`, `query` and `body` that it takes. */
export type Input<K extends EndpointKey> = Part<K, 'params'> & Part<K, 'query'> & Part<K, 'body'>
/** What an endpoint answers when it does not refuse. */
export type Answer<K extends EndpointKey> = Static<(typeof endpoints)[K]['answer']>
