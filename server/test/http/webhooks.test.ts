import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebhookEvent } from '../../../protocol/endpoints/webhooks.ts'
import { day, hour } from '../clock.ts'
import { certificate, startHttps, type TestServer } from '../https-server.ts'
import { sawDelivery } from '../seen.ts'
import { Shop, Signet } from '../signet.ts'

const host = 'keys.signet.test'

interface Received {
  body: string
  headers: IncomingHttpHeaders
}

let signet: Signet
let shop: Shop
let server: TestServer
let received: Received[]
let answer: RequestListener
/** What the name of the address leads to. */
let leadsTo: string[]

beforeEach(async () => {
  received = []
  leadsTo = ['127.0.0.1']
  answer = (_request, response) => response.end()
  server = await startHttps(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    sawDelivery(body)
    received.push({ body, headers: request.headers })
    answer(request, response)
  })
  const webhookGuards = {
    ca: certificate,
    permits: (address: string) => address === '127.0.0.1',
    resolve: async () => leadsTo.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    timeoutMs: 5_000,
  }
  signet = await Signet.start({ seams: { webhookGuards } })
  shop = await Shop.open(signet)
})

afterEach(async () => {
  server.stop()
  await signet.stop()
})

const ours = () => `https://${host}:${server.port}/hook?for=us`

const add = (events: WebhookEvent[], url = ours()) =>
  shop.owner.caller.call('POST /projects/:project/webhooks', { params: { project: shop.id }, body: { url, events } })

async function deliveries(webhook: string) {
  const params = { project: shop.id, webhook }
  const key = 'GET /projects/:project/webhooks/:webhook/deliveries'
  return (await shop.owner.caller.call(key, { params, query: {} })).deliveries
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

/** As a receiver checks it. The library looks at the real clock, so that is what it is shown. */
function verified(secret: string, { body, headers }: Received) {
  vi.setSystemTime(signet.clock.ms)
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>)
  } finally {
    vi.useRealTimers()
  }
}

test('[WH3] a visitor who signs in and writes: signed as Standard Webhooks has it, with what he had proved', async () => {
  const { secret, last4, id } = await add(['visitor.verified', 'message.added'])
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(secret.replace('=', '').endsWith(last4)).toBe(true)
  const { session, visitor } = await shop.signIn({ external_id: '42', name: 'Grace', email: 'grace@example.com' })
  await until(() => expect(received).toHaveLength(1))
  const socket = await shop.connect(session)
  await socket.write('Grüße')
  await until(() => expect(received).toHaveLength(2))
  const [signedIn, wrote] = received
  if (!signedIn || !wrote) throw new Error('Nothing arrived.')
  const verification = { keyId: shop.keyId, verifiedAt: signet.clock.ms }
  expect(verified(secret, signedIn)).toMatchObject({
    type: 'visitor.verified',
    timestamp: new Date(signet.clock.ms).toISOString(),
    data: { projectId: shop.id, visitor: { id: visitor.id, externalId: '42', name: 'Grace' }, verification },
  })
  expect(verified(secret, wrote)).toMatchObject({
    type: 'message.added',
    data: { message: { text: 'Grüße', author: { name: 'Grace' }, verification } },
  })
  expect(wrote.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Signet' })
  await until(async () => expect((await deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']))
  const [newest] = await deliveries(id)
  expect(newest).toMatchObject({ id: wrote.headers['webhook-id'], type: 'message.added', status: 200, attempts: 1 })
  expect(() => verified(secret, { ...wrote, body: wrote.body.replace('Gr', 'gr') })).toThrow()
  expect(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, wrote)).toThrow()
})

test('[WH1] the secret is shown once, is sealed at rest, and the one before signs beside it for a day', async () => {
  const { secret, id } = await add(['key.rotated'])
  const params = { project: shop.id, webhook: id }
  const fresh = await shop.owner.caller.call('POST /projects/:project/webhooks/:webhook/rotate', { params })
  expect(fresh.previousSecretUntil).toBe(signet.clock.ms + day)
  const listed = await shop.owner.caller.call('GET /projects/:project/webhooks', { params: { project: shop.id } })
  const stored = await signet.app.model.database.rows('select * from webhooks', [])
  for (const shown of [secret, fresh.secret]) {
    expect(JSON.stringify([listed, stored])).not.toContain(shown.slice(6))
  }
  await shop.generate({})
  // The secret before is revoked, too.
  await until(() => expect(received).toHaveLength(2))
  const [both] = received
  if (!both) throw new Error('Nothing arrived.')
  expect(verified(secret, both)).toEqual(verified(fresh.secret, both))
  signet.clock.advance(day)
  await shop.generate({ previous: 'keep' })
  await until(() => expect(received).toHaveLength(3))
  const [, , later] = received
  if (!later) throw new Error('Nothing arrived.')
  expect(verified(fresh.secret, later)).toMatchObject({ type: 'key.rotated', data: { action: 'generated' } })
  expect(() => verified(secret, later)).toThrow('No matching signature')
})

test('[WH6] a failure is seen with what was answered, and sent again by hand', async () => {
  const { id } = await add(['key.rotated'])
  answer = (_request, response) => response.writeHead(418).end('x'.repeat(100_000))
  await shop.generate({ previous: 'keep' })
  const failed = { state: 'waiting', attempts: 1, status: 418, failure: 'The address answered with status 418.' }
  await until(async () => expect(await deliveries(id)).toMatchObject([failed]))
  const [delivery] = await deliveries(id)
  if (!delivery) throw new Error('There is no delivery.')
  expect(delivery.nextTryAt).toBeGreaterThan(signet.clock.ms)
  answer = (_request, response) => response.writeHead(204).end()
  const params = { project: shop.id, webhook: id, delivery: delivery.id }
  await shop.owner.caller.call('POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend', { params })
  await until(async () => expect(await deliveries(id)).toMatchObject([{ state: 'delivered', status: 204 }]))
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const another = await Shop.open(signet)
  const foreign = { params: { ...params, project: another.id } }
  const key = 'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend'
  expect(await another.owner.caller.refusal(key, foreign)).toBe('not_found delivery')
})

test.each([
  ['http://hooks.example.com/', 'https://'],
  ['ftp://hooks.example.com/', 'https://'],
  ['hooks.example.com', 'https://'],
  ['https://me:secret@hooks.example.com/', 'name or a password'],
  ['https://127.0.0.1/', 'public internet'],
  ['https://0x7f.1/', 'public internet'],
  ['https://2130706433/', 'public internet'],
  ['https://[::1]/', 'public internet'],
  ['https://[::ffff:127.0.0.1]/', 'public internet'],
  ['https://[64:ff9b::a00:1]/', 'public internet'],
  ['https://10.0.0.1/', 'public internet'],
  ['https://169.254.169.254/latest/meta-data/', 'public internet'],
])('[WH5] %s is no address for a webhook', async (url, why) => {
  const answered = add(['key.rotated'], url)
  await expect(answered).rejects.toMatchObject({ failure: { code: 'webhook_url_invalid', field: 'url' } })
  await expect(answered).rejects.toThrow(why)
})

test('[WH5] a name that leads inside later on, by itself or by a redirect, is not followed there', async () => {
  const inside = vi.fn()
  const neighbour = await startHttps(inside, '127.0.0.2')
  const { id } = await add(['key.rotated'], `https://${host}:${neighbour.port}/`)
  for (const address of ['127.0.0.2', '169.254.169.254', '::1', '::ffff:127.0.0.1', '10.0.0.1']) {
    leadsTo = [address]
    await shop.generate({})
  }
  leadsTo = ['127.0.0.1', '127.0.0.2']
  await shop.generate({})
  await until(async () => {
    const all = await deliveries(id)
    expect(all.map(({ failure }) => failure)).toEqual(Array(12).fill(expect.stringContaining('public internet')))
  })
  leadsTo = ['127.0.0.1']
  answer = (_request, response) => response.writeHead(307, { location: `https://${host}:${neighbour.port}/` }).end()
  const redirecting = await add(['key.rotated'])
  await shop.generate({ previous: 'keep' })
  await until(async () => expect(await deliveries(redirecting.id)).toMatchObject([{ status: 307, state: 'waiting' }]))
  expect(inside).not.toHaveBeenCalled()
  neighbour.stop()
})

test('[WH1] ten at most, each with an event, and every change is in the audit log', async () => {
  const { id } = await add(['key.rotated'])
  const params = { project: shop.id, webhook: id }
  const change = { params, body: { events: ['message.added' as const], enabled: false } }
  expect(await shop.owner.caller.call('PATCH /projects/:project/webhooks/:webhook', change)).toMatchObject({
    events: ['message.added'],
    enabled: false,
  })
  await shop.owner.caller.call('DELETE /projects/:project/webhooks/:webhook', { params })
  expect(await shop.owner.caller.refusal('DELETE /projects/:project/webhooks/:webhook', { params })).toBe(
    'not_found webhook',
  )
  for (let added = 0; added < 10; added++) await add(['message.added'])
  await expect(add(['message.added'])).rejects.toMatchObject({ failure: { code: 'too_many_webhooks' } })
  await expect(add([])).rejects.toMatchObject({ failure: { code: 'invalid_request' } })
  const log = { params: { project: shop.id }, query: { limit: '20' } }
  const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', log)
  const own = entries.filter(({ action }) => action.startsWith('webhook')).map(({ action }) => action)
  expect(own).toEqual([...Array(10).fill('webhook_added'), 'webhook_removed', 'webhook_changed', 'webhook_added'])
  expect(JSON.stringify(entries)).not.toContain('for=us')
})

test('[WH4][WH6] what a receiver asks for is heard: a test arrives, a wait is kept, and gone is gone', async () => {
  const { id, secret } = await add(['key.rotated'])
  const params = { project: shop.id, webhook: id }
  const tried = await shop.owner.caller.call('POST /projects/:project/webhooks/:webhook/test', { params })
  await until(() => expect(received).toHaveLength(1))
  const [first] = received
  if (!first) throw new Error('Nothing arrived.')
  expect(first.headers['webhook-id']).toBe(tried.id)
  expect(verified(secret, first)).toMatchObject({ type: 'webhook.test', data: { projectId: shop.id, webhook: { id } } })
  answer = (_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end()
  await shop.generate({ previous: 'keep' })
  const asked = signet.clock.ms
  await until(async () => expect(await deliveries(id)).toMatchObject([{ status: 429 }, {}]))
  expect((await deliveries(id))[0]?.nextTryAt).toBe(asked + hour)
  const later = new Date(asked + 3 * hour)
  answer = (_request, response) => response.writeHead(503, { 'retry-after': later.toUTCString() }).end()
  signet.clock.advance(hour)
  await until(async () => expect(await deliveries(id)).toMatchObject([{ status: 503 }, {}]))
  expect((await deliveries(id))[0]?.nextTryAt).toBe(asked + 3 * hour)
  answer = (_request, response) => response.writeHead(410).end()
  signet.clock.advance(2 * hour)
  const listed = async () =>
    (await shop.owner.caller.call('GET /projects/:project/webhooks', { params: { project: shop.id } })).webhooks
  await until(async () => expect(await listed()).toMatchObject([{ enabled: false, failing: {} }]))
  const ask = () => shop.owner.caller.refusal('POST /projects/:project/webhooks/:webhook/test', { params })
  const asks = []
  while (asks.length < 11) asks.push(await ask())
  expect(asks.at(-1)).toBe('rate_limited')
})
