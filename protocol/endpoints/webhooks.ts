/** Webhooks: what happens in a project, told to an address of its owner's (WH). */
import Type, { type Static } from 'typebox'
import { AgentFace, closed, Etag, Id, Nullable, Time } from '../records.ts'
import { type Endpoint, Nothing, object, Paging, ProjectParams, withoutNul } from './parts.ts'

export const WebhookEvent = Type.Enum([
  'conversation.opened',
  'conversation.assigned',
  'conversation.resolved',
  'message.added',
  'visitor.verified',
  'key.rotated',
])
export type WebhookEvent = Static<typeof WebhookEvent>

/** A webhook, never with its secret. */
export const Webhook = Type.Object(
  {
    id: Id,
    url: Type.String(),
    events: Type.Array(WebhookEvent),
    enabled: Type.Boolean(),
    last4: Type.String(),
    /** Until then the secret before this one signs, too. */
    previousSecretUntil: Nullable(Time),
    /** How many deliveries wait, at most 10,000. */
    waiting: Type.Integer(),
    /** Since when none has arrived, and how the latest failed; null while they arrive. */
    failing: Nullable(object({ since: Time, failure: Type.String() })),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    etag: Etag,
  },
  closed,
)
export type Webhook = Static<typeof Webhook>

export const Delivery = Type.Object(
  {
    id: Id,
    type: Type.String(),
    state: Type.Enum(['waiting', 'delivered', 'given_up']),
    attempts: Type.Integer(),
    /** What the address answered last, and what was wrong with it; null before, or when it did not answer. */
    status: Nullable(Type.Integer()),
    failure: Nullable(Type.String()),
    createdAt: Time,
    triedAt: Nullable(Time),
    /** When it is tried next; null when it is not. */
    nextTryAt: Nullable(Time),
  },
  closed,
)
export type Delivery = Static<typeof Delivery>

const Url = Type.String({ minLength: 9, maxLength: 2_048, pattern: withoutNul })
/** Not uniqueItems: to look for it, whatever was sent is hashed first, however deep it is. */
const Events = Type.Array(WebhookEvent, { minItems: 1, maxItems: 20 })
const WebhookParams = object({ project: Id, webhook: Id })
const Fresh = object({ ...Webhook.properties, secret: Type.String() })

export const webhookEndpoints = {
  'GET /projects/:project/webhooks': {
    summary: "The project's webhooks, without their secrets",
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ webhooks: Type.Array(Webhook) }),
  },
  'POST /projects/:project/webhooks': {
    summary: 'Add a webhook; the answer is the only one that ever shows its secret',
    caller: 'agent',
    params: ProjectParams,
    body: object({ url: Url, events: Events }),
    status: 201,
    refusals: ['forbidden', 'too_many_webhooks', 'webhook_url_invalid'],
    answer: Fresh,
  },
  'PATCH /projects/:project/webhooks/:webhook': {
    summary: 'Change a webhook; while it is off nothing is taken down for it, and what waits goes on waiting',
    caller: 'agent',
    params: WebhookParams,
    body: Type.Partial(object({ url: Url, events: Events, enabled: Type.Boolean() }), closed),
    status: 200,
    versioned: true,
    refusals: ['forbidden', 'webhook_url_invalid'],
    answer: Webhook,
  },
  'DELETE /projects/:project/webhooks/:webhook': {
    summary: 'Remove a webhook and whatever waits for it',
    caller: 'agent',
    params: WebhookParams,
    status: 204,
    refusals: ['forbidden'],
    answer: Nothing,
  },
  'POST /projects/:project/webhooks/:webhook/rotate': {
    summary: 'Give a webhook another secret, shown once; the one before signs beside it for a day',
    caller: 'agent',
    params: WebhookParams,
    status: 200,
    refusals: ['forbidden'],
    answer: Fresh,
  },
  'POST /projects/:project/webhooks/:webhook/test': {
    summary: 'Send a `webhook.test`, once, also while it is off; its deliveries say what came of it',
    caller: 'agent',
    params: WebhookParams,
    status: 201,
    refusals: ['forbidden', 'rate_limited'],
    answer: Delivery,
  },
  'GET /projects/:project/webhooks/:webhook/deliveries': {
    summary: 'What was sent, or is to be, the latest first; what arrived stays for 7 days, what did not for 30',
    caller: 'agent',
    params: WebhookParams,
    query: Paging,
    status: 200,
    refusals: ['forbidden'],
    answer: object({ deliveries: Type.Array(Delivery), nextPage: Nullable(Type.String()) }),
  },
  'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend': {
    summary: 'Send it once more, now; it keeps its webhook-id',
    caller: 'agent',
    params: object({ project: Id, webhook: Id, delivery: Id }),
    status: 200,
    refusals: ['forbidden'],
    answer: Delivery,
  },
} as const satisfies Record<string, Endpoint>
