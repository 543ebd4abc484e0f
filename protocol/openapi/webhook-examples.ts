/** A delivery of each type, as it might arrive. */
import type { WebhookBody, WebhookType } from '../webhook-bodies.ts'
import { ids } from './example-parts.ts'

const timestamp = '2026-11-22T14:02:11.000Z'
const at = Date.parse(timestamp)
const verification = { keyId: ids.key, issuedAt: at - 11_000, verifiedAt: at - 9_000 }
const author = { kind: 'visitor' as const, id: ids.visitor, name: 'Grace' }
const { project: projectId } = ids

const message = {
  id: ids.message,
  clientId: ids.client,
  conversationId: ids.conversation,
  seq: 1,
  author,
  verification,
  kind: 'text' as const,
  text: 'Where is my order?',
  attributes: {},
  attachments: [],
  createdAt: at,
}

const visitor = {
  id: ids.visitor,
  externalId: 'customer-42',
  name: 'Grace',
  email: 'grace@customer.example',
  phone: null,
  attributes: { plan: 'gold' },
  identity: 'verified' as const,
  verification: { keyId: ids.key, keyLast4: 'x7Qa', verifiedAt: at - 9_000, expiresAt: at + 43_191_000 },
  notVerifiedAs: null,
  banned: false,
  createdAt: at - 9_000,
  lastSeenAt: at,
}

const conversation = {
  id: ids.conversation,
  projectId,
  version: 1,
  state: 'open' as const,
  visitor,
  assignee: null,
  department: null,
  rating: null,
  tags: [],
  lastSeq: 1,
  visitorReadSeq: 1,
  agentReadSeq: 0,
  lastMessage: message,
  waitingSince: at,
  createdAt: at,
  lastActivityAt: at,
}

const assigned = { ...conversation, version: 2, assignee: { id: ids.agent, name: 'Ada' } }
const resolved = { ...assigned, version: 3, state: 'resolved' as const, waitingSince: null }

export const webhookExamples: { [T in WebhookType]: WebhookBody<T> } = {
  'conversation.opened': {
    type: 'conversation.opened',
    timestamp,
    data: { projectId, conversation, reopened: false },
  },
  'conversation.assigned': { type: 'conversation.assigned', timestamp, data: { projectId, conversation: assigned } },
  'conversation.resolved': { type: 'conversation.resolved', timestamp, data: { projectId, conversation: resolved } },
  'message.added': {
    type: 'message.added',
    timestamp,
    data: { projectId, message, conversation: { id: ids.conversation, visitorId: ids.visitor, assigneeId: null } },
  },
  'visitor.verified': {
    type: 'visitor.verified',
    timestamp,
    data: {
      projectId,
      visitor: { id: ids.visitor, externalId: 'customer-42', name: 'Grace', email: 'grace@customer.example' },
      verification: { ...verification, expiresAt: at + 43_191_000 },
    },
  },
  'key.rotated': {
    type: 'key.rotated',
    timestamp,
    data: { projectId, key: { id: ids.key }, action: 'generated' },
  },
  'webhook.test': { type: 'webhook.test', timestamp, data: { projectId, webhook: { id: ids.webhook } } },
}
