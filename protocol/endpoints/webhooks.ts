/** Webhooks: what happens in a project, told to an address of its owner's (WH). */
import Type, { type Static } from 'typebox'
import { described } from '../record-parts.ts'
import { AgentFace, closed, Etag, Id, Nullable, Time } from '../records.ts'
import { type Endpoint, NextPage, Nothing, object, Paging, ProjectParams, withoutNul } from './parts.ts'

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
    last4: described(Type.String(), 'The last four characters of its secret'),
    previousSecretUntil: described(Nullable(Time), 'Until then the secret before this one signs, too'),
    waiting: described(Type.Integer(), 'How many deliveries wait, at most 10,000'),
    failing: described(
      Nullable(object({ since: Time, failure: Type.String() })),
      'Since when none has arrived, and how the latest failed; null while they arrive',
    ),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    etag: Etag,
  },
  closed,
)
export type Webhook = Static<typeof Webhook>

export const Delivery = Type.Object(
  {
    id: described(Id, 'What the header `webhook-id` says'),
    type: described(Type.String(), 'An event, or `webhook.test`'),
    state: Type.Enum(['waiting', 'delivered', 'given_up']),
    attempts: described(Type.Integer(), 'How often it was tried; from 0 again when it is sent again'),
    status: described(
      Nullable(Type.Integer()),
      'What the address answered last; null before, or when it did not answer',
    ),
    failure: described(Nullable(Type.String()), 'What was wrong with it, in one sentence'),
    createdAt: Time,
    triedAt: Nullable(Time),
    nextTryAt: described(Nullable(Time), 'When it is tried next; null when it is not'),
  },
  closed,
)
export type Delivery = Static<typeof Delivery>

const Url = described(
  Type.String({ minLength: 9, maxLength: 2_048, pattern: withoutNul }),
  'An `https://` address of the public internet, without a name or a password',
)
/** Not uniqueItems: to look for it, whatever was sent is hashed first, however deep it is. */
const Events = Type.Array(WebhookEvent, { minItems: 1, maxItems: 20 })
const WebhookParams = object({ project: Id, webhook: Id })
const Fresh = object({ ...Webhook.properties, secret: described(Type.String(), '`whsec_…`; shown once') })

export const webhookEndpoints = {
  'GET /projects/:project/webhooks': {
    summary: "The project's webhooks, without their secrets",
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    status: 200,
    answer: object({ webhooks: Type.Array(Webhook) }),
  },
  'POST /projects/:project/webhooks': {
    summary: 'Add a webhook; the answer is the only one that ever shows its secret',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: object({ url: Url, events: Events }),
    status: 201,
    refusals: ['too_many_webhooks', 'webhook_url_invalid'],
    answer: Fresh,
  },
  'PATCH /projects/:project/webhooks/:webhook': {
    summary: 'Change a webhook; while it is off nothing is taken down for it, and what waits goes on waiting',
    caller: 'agent',
    forAdmins: true,
    params: WebhookParams,
    body: Type.Partial(object({ url: Url, events: Events, enabled: Type.Boolean() }), closed),
    status: 200,
    versioned: true,
    refusals: ['webhook_url_invalid'],
    answer: Webhook,
  },
  'DELETE /projects/:project/webhooks/:webhook': {
    summary: 'Remove a webhook and whatever waits for it',
    caller: 'agent',
    forAdmins: true,
    params: WebhookParams,
    status: 204,
    versioned: true,
    answer: Nothing,
  },
  'POST /projects/:project/webhooks/:webhook/rotate': {
    summary: 'Give a webhook another secret, shown once; the one before signs beside it for a day',
    caller: 'agent',
    forAdmins: true,
    params: WebhookParams,
    status: 200,
    answer: Fresh,
  },
  'POST /projects/:project/webhooks/:webhook/test': {
    summary: 'Send a `webhook.test`, once, also while it is off; its deliveries say what came of it',
    caller: 'agent',
    forAdmins: true,
    params: WebhookParams,
    status: 201,
    refusals: ['rate_limited'],
    answer: Delivery,
  },
  'GET /projects/:project/webhooks/:webhook/deliveries': {
    summary: 'What was sent, or is to be, the latest first; what arrived stays for 7 days, what did not for 30',
    caller: 'agent',
    forAdmins: true,
    params: WebhookParams,
    query: Paging,
    status: 200,
    answer: object({ deliveries: Type.Array(Delivery), nextPage: NextPage }),
  },
  'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend': {
    summary: 'Send it once more, now; it keeps its webhook-id',
    caller: 'agent',
    forAdmins: true,
    params: object({ project: Id, webhook: Id, delivery: Id }),
    status: 200,
    answer: Delivery,
  },
} as const satisfies Record<string, Endpoint>
