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
import { attachmentEndpoints } from './endpoints/attachments.ts'
import { banEndpoints } from './endpoints/bans.ts'
import { conversationEndpoints } from './endpoints/conversations.ts'
import { departmentEndpoints } from './endpoints/departments.ts'
import { diagnosisEndpoints } from './endpoints/diagnosis.ts'
import { memberEndpoints } from './endpoints/members.ts'
import type { Endpoint } from './endpoints/parts.ts'
import { passwordResetEndpoints } from './endpoints/password-resets.ts'
import { projectEndpoints } from './endpoints/projects.ts'
import { publicKeyEndpoints } from './endpoints/public-keys.ts'
import { reportEndpoints } from './endpoints/reports.ts'
import { sharedSecretEndpoints } from './endpoints/shared-secrets.ts'
import { visitorSessionEndpoints } from './endpoints/visitor-sessions.ts'
import { visitorEndpoints } from './endpoints/visitors.ts'
import { webhookEndpoints } from './endpoints/webhooks.ts'

export type { Endpoint }

/** As the OpenAPI document has them: a heading, a sentence, and what belongs there. */
export interface EndpointGroup {
  about: string
  endpoints: Record<string, Endpoint>
}

export const endpointGroups = {
  Agents: { about: 'Setting up, and who answers chats.', endpoints: { ...agentEndpoints, ...passwordResetEndpoints } },
  Projects: { about: 'Sites, and their settings.', endpoints: projectEndpoints },
  'Shared secrets': { about: 'With what a site signs its customers in.', endpoints: sharedSecretEndpoints },
  'Public keys': { about: 'The same with a key pair.', endpoints: publicKeyEndpoints },
  Diagnosis: { about: 'Why somebody was not let in, and who changed what.', endpoints: diagnosisEndpoints },
  'Visitor sessions': { about: 'Signing visitors in and out.', endpoints: visitorSessionEndpoints },
  Conversations: { about: 'Conversations and their messages.', endpoints: conversationEndpoints },
  Attachments: { about: 'Files that are sent along with messages.', endpoints: attachmentEndpoints },
  Members: { about: 'Who belongs to a project, and who is invited.', endpoints: memberEndpoints },
  Departments: { about: 'Which agents answer what.', endpoints: departmentEndpoints },
  Bans: { about: 'Who was sent away.', endpoints: banEndpoints },
  Visitors: { about: 'What is kept of a person: given out, and erased.', endpoints: visitorEndpoints },
  Reports: { about: 'What a team did, day by day.', endpoints: reportEndpoints },
  'API keys': { about: 'Keys for a backend of the site.', endpoints: apiKeyEndpoints },
  Webhooks: { about: 'Telling another server what happens.', endpoints: webhookEndpoints },
} satisfies Record<string, EndpointGroup>

export const endpoints = {
  ...agentEndpoints,
  ...projectEndpoints,
  ...sharedSecretEndpoints,
  ...publicKeyEndpoints,
  ...diagnosisEndpoints,
  ...visitorSessionEndpoints,
  ...conversationEndpoints,
  ...attachmentEndpoints,
  ...memberEndpoints,
  ...departmentEndpoints,
  ...banEndpoints,
  ...visitorEndpoints,
  ...reportEndpoints,
  ...apiKeyEndpoints,
  ...webhookEndpoints,
  ...passwordResetEndpoints,
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
