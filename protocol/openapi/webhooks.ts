/** What Signet itself asks of whoever has added a webhook: one request a delivery, and what its answer means. */
import { type WebhookType, webhookBodies } from '../webhook-bodies.ts'
import { growing, withReferences } from './named-schemas.ts'
import { webhookExamples } from './webhook-examples.ts'

const summaries: Record<WebhookType, string> = {
  'conversation.opened': 'A conversation has begun, or was opened again',
  'conversation.assigned': 'Somebody else has a conversation now, or nobody any more',
  'conversation.resolved': 'A conversation was resolved',
  'message.added': 'Somebody has written: a visitor, an agent or an API key; notes, too',
  'visitor.verified': 'Somebody has signed in with a token',
  'key.rotated': 'A shared secret or a public key was made, or is good no more',
  'webhook.test': 'A test was asked for; it means nothing',
}

const about = `Signed as Standard Webhooks has it. Delivered at least once, under one id; those of one conversation come in
order, one after the other. Answer within 15 seconds with any status from 200 to 299; redirects are not followed. A
failure is tried again after 5 seconds, doubling to 6 hours, for three days; with \`Retry-After\` nothing more comes
until then, for at most 6 hours. New types and fields may come: answer those that you do not know in the same way.`

export const webhookHeaders = {
  WebhookId: header('webhook-id', 'The delivery: the same however often it is tried. Drop what you have seen.', {
    type: 'string',
    format: 'uuid',
  }),
  WebhookTimestamp: header('webhook-timestamp', 'When this attempt was signed, in seconds since 1970.', {
    type: 'string',
    pattern: '^[0-9]+$',
  }),
  WebhookSignature: header(
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, by what follows `whsec_`, decoded from base64. For a day after a rotation there are two, with a space between them: one that fits is enough.',
    { type: 'string', pattern: '^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$' },
  ),
}

function header(name: string, description: string, schema: object) {
  return { name, in: 'header', required: true, description, schema }
}

const parameters = Object.keys(webhookHeaders).map((name) => ({ $ref: `#/components/parameters/${name}` }))

const responses = {
  '2XX': { description: 'Taken.' },
  '410': { description: 'Gone for good: the webhook is switched off.' },
  '4XX': { description: 'Not taken: tried again.' },
  '5XX': { description: 'Not taken: tried again.' },
}

export function webhooksOfDocument(): Record<string, object> {
  const types = Object.keys(webhookBodies) as WebhookType[]
  return Object.fromEntries(types.map((type) => [type, { post: deliveryOf(type) }]))
}

function deliveryOf(type: WebhookType): object {
  const schema = growing(withReferences(webhookBodies[type]))
  return {
    operationId: `on${type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: ['Webhooks'],
    summary: summaries[type],
    description: about,
    security: [],
    parameters,
    requestBody: { required: true, content: { 'application/json': { schema, example: webhookExamples[type] } } },
    responses,
  }
}
