/** What webhooks are told (WH3): the body of each delivery, by its type. */
import Type, { type Static, type TSchema } from 'typebox'
import type { WebhookEvent } from './endpoints/webhooks.ts'
import { Conversation, closed, described, Id, Message, Nullable, Time, Verification, Visitor } from './records.ts'

const object = <P extends Type.TProperties>(properties: P) => Type.Object(properties, closed)
/** An agent is online at a moment, and it is past when this arrives. */
const { online: _online, ...visitor } = Visitor.properties
const told = object({ ...Conversation.properties, visitor: object(visitor) })
const projectId = Id

/** The same for all: the type says what the data is. */
function body<T extends string, P extends Type.TProperties>(type: T, data: P) {
  return object({
    type: Type.Literal(type),
    timestamp: Type.String({ format: 'date-time', description: 'When it happened' }),
    data: object({ projectId, ...data }),
  })
}

export const webhookBodies = {
  'conversation.opened': body('conversation.opened', {
    conversation: told,
    reopened: described(Type.Boolean(), 'It had been resolved or snoozed'),
  }),
  'conversation.assigned': body('conversation.assigned', { conversation: told }),
  'conversation.resolved': body('conversation.resolved', { conversation: told }),
  'message.added': body('message.added', {
    message: Message,
    conversation: object({
      id: Id,
      visitorId: Id,
      assigneeId: described(Nullable(Id), 'Null: nobody has taken it yet'),
    }),
  }),
  'visitor.verified': body('visitor.verified', {
    visitor: object({
      id: Id,
      externalId: described(Type.String(), 'Who he is to the site: the `external_id` of his token'),
      name: Nullable(Type.String()),
      email: Nullable(Type.String()),
    }),
    verification: object({ ...Verification.properties, expiresAt: described(Time, 'When his session runs out') }),
  }),
  'key.rotated': body('key.rotated', {
    key: object({ id: Id }),
    action: described(
      Type.Enum(['generated', 'retired', 'revoked', 'registered', 'deleted']),
      'The first three are of shared secrets, the others of public keys',
    ),
  }),
  'webhook.test': body('webhook.test', { webhook: object({ id: Id }) }),
} satisfies Record<WebhookEvent | 'webhook.test', TSchema>

export type WebhookType = keyof typeof webhookBodies
export type WebhookBody<T extends WebhookType> = Static<(typeof webhookBodies)[T]>
