/** Webhooks and their deliveries, for looking at. */
import type { Delivery, Webhook } from '../../../protocol/endpoints/webhooks.ts'
import { sentenceOf } from '../../../protocol/errors.ts'
import type { Handler } from './answers.ts'
import { id, me } from './people.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function makeWebhook(tail: string, now: number, overrides: Partial<Webhook> = {}): Webhook {
  return {
    id: id(tail),
    url: 'https://shop.example/signet',
    events: ['conversation.opened', 'message.added'],
    enabled: true,
    last4: 'k9Zt',
    previousSecretUntil: null,
    waiting: 0,
    failing: null,
    createdBy: { id: me.id, name: me.name },
    createdAt: now,
    ...overrides,
  }
}

const gone = (now: number) => ({
  since: now - 3 * hour,
  failure: 'The address answered with status 410: it is gone for good.',
})

export function makeWebhooks(now: number): Webhook[] {
  const failure = 'The address answered with status 503.'
  return [
    makeWebhook('71', now - 9 * day, { previousSecretUntil: now + 20 * hour }),
    makeWebhook('72', now - 8 * day, {
      url: `https://crm.shop.example/in/live-chat/${'a-rather-long-path-'.repeat(5)}events`,
      events: [
        'conversation.opened',
        'conversation.assigned',
        'conversation.resolved',
        'visitor.verified',
        'key.rotated',
      ],
      waiting: 1_204,
      failing: { since: now - 5 * hour, failure },
    }),
    makeWebhook('73', now - 2 * day, {
      url: 'https://old.shop.example/hook',
      enabled: false,
      waiting: 3,
      failing: gone(now),
    }),
  ]
}

export function makeDeliveries(now: number): Delivery[] {
  const failure = 'The address answered with status 503.'
  const one = (tail: string, ageMs: number, more: Partial<Delivery> = {}): Delivery => ({
    id: id(tail),
    type: 'message.added',
    state: 'delivered',
    attempts: 1,
    status: 200,
    failure: null,
    createdAt: now - ageMs,
    triedAt: now - ageMs,
    nextTryAt: null,
    ...more,
  })
  const failed = { state: 'waiting' as const, status: 503, failure }
  return [
    one('a1', 0, { state: 'waiting', attempts: 0, status: null, triedAt: null, nextTryAt: now }),
    one('a2', 2 * minute, { ...failed, attempts: 4, nextTryAt: now + 20_000 }),
    one('a3', 5 * hour, { ...failed, attempts: 11, nextTryAt: now + 100 * minute, type: 'conversation.opened' }),
    one('a4', 6 * hour, { status: 204 }),
    one('a5', 30 * hour, { attempts: 3, type: 'conversation.resolved' }),
    one('a6', 4 * day, {
      state: 'given_up',
      attempts: 26,
      status: null,
      failure: 'The certificate of the address is not good (CERT_HAS_EXPIRED).',
      type: 'visitor.verified',
    }),
  ]
}

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw3n0bXqcY5k9Z='
const refused = { error: { code: 'webhook_url_invalid', message: sentenceOf('webhook_url_invalid'), field: 'url' } }

export const webhookAnswers: Record<string, Handler> = {
  'GET /projects/*/webhooks': ({ administration: { webhooks } }) => ({ webhooks }),
  'POST /projects/*/webhooks': ({ administration: { webhooks } }, _, { url }) => {
    if (String(url).includes('10.')) return { status: 422, value: refused }
    const made = makeWebhook('74', Date.now(), { url: String(url) })
    webhooks.push(made)
    return { ...made, secret }
  },
  'POST /projects/*/webhooks/*/test': ({ administration: { deliveries } }) => {
    const now = Date.now()
    const [like] = makeDeliveries(now)
    if (!like) throw new Error('There is no delivery to make one like.')
    const sent = { ...like, id: crypto.randomUUID(), type: 'webhook.test' }
    deliveries.unshift({ ...sent, state: 'delivered', attempts: 1, status: 204, triedAt: now, nextTryAt: null })
    return sent
  },
  'GET /projects/*/webhooks/*/deliveries': ({ administration: { deliveries } }) => ({ deliveries, nextPage: null }),
}
