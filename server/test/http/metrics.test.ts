import { beforeAll, expect, test } from 'vitest'
import { isOurselves } from '../../http/metrics.ts'
import { Shop, Signet } from '../signet.ts'

const token = 'a-token-of-the-operators'
let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

async function metrics(): Promise<string> {
  const answer = await signet.anybody.send('GET', '/metrics')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  return answer.text()
}

function valueIn(text: string, sample: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `))
  return line === undefined ? 0 : Number(line.slice(sample.length))
}

test('[HT3] counts messages, refusals, sockets and sign-ins, and how long an ack took', async () => {
  const before = await metrics()
  const { session } = await shop.signIn()
  const visitor = await shop.connect(session)
  await visitor.write('one')
  await visitor.write('two')
  await shop.connectAgent(shop.owner)
  const junk = { token: 'junk' }
  await signet.anybody.refusal('POST /projects/:project/visitor-sessions', { params: { project: shop.id }, body: junk })
  const after = await metrics()
  const grown = (sample: string) => valueIn(after, sample) - valueIn(before, sample)
  expect(grown('signet_messages_total{author="visitor"}')).toBe(2)
  expect(grown('signet_ack_seconds_count')).toBe(2)
  expect(grown('signet_refusals_total{code="token_malformed"}')).toBe(1)
  expect(grown('signet_http_requests_total{status="401"}')).toBe(1)
  expect(grown('signet_sign_ins_total{kind="token"}')).toBe(1)
  expect(grown('signet_sockets_opened_total')).toBe(2)
  expect(valueIn(after, 'signet_sockets{kind="visitor"}')).toBe(1)
  expect(valueIn(after, 'signet_sockets{kind="agent"}')).toBe(1)
  expect(valueIn(after, 'signet_sockets{kind="greeting"}')).toBe(0)
  visitor.raw.close(4000)
  await expect.poll(async () => valueIn(await metrics(), 'signet_socket_closes_total{code="4000"}')).toBe(1)
})

test('[HT3] says how the process, its queues and the parts that it needs are', async () => {
  const text = await metrics()
  expect(text).toMatch(/^signet_build_info\{version="[0-9.]+",node="26[0-9.]+",database="sqlite"\} 1$/m)
  for (const part of ['database', 'bus', 'migrations', 'disk']) expect(text).toContain(`signet_ready{part="${part}"} 1`)
  expect(valueIn(text, 'signet_disk_free_bytes')).toBeGreaterThan(0)
  expect(valueIn(text, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  expect(valueIn(text, 'signet_queue_length{queue="messages"}')).toBe(0)
  await expect.poll(async () => valueIn(await metrics(), 'signet_event_loop_delay_seconds_count')).toBeGreaterThan(0)
})

test('[HT3] a refusal of a frame counts like one of a request', async () => {
  const visitor = await shop.connect((await shop.signIn()).session)
  const before = valueIn(await metrics(), 'signet_refusals_total{code="not_found"}')
  visitor.say({ type: 'send', clientId: crypto.randomUUID(), conversationId: crypto.randomUUID(), text: 'where?' })
  expect((await visitor.next('error')).code).toBe('not_found')
  expect(valueIn(await metrics(), 'signet_refusals_total{code="not_found"}')).toBe(before + 1)
})

test.each([
  { forwarded: 'for=192.0.2.1' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-real-ip': '127.0.0.1' },
  { 'x-forwarded-host': 'localhost' },
  { via: '1.1 caddy' },
])('[HT3] what a proxy hands on is not from this machine: %o', async (headers) => {
  const answer = await signet.anybody.send('GET', '/metrics', undefined, headers)
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } })
})

test.each([
  ['127.0.0.1', 'localhost:4000', true],
  ['::ffff:127.0.0.1', '127.0.0.1', true],
  ['::1', '[::1]:4000', true],
  ['127.0.0.1', 'chat.example.com', false],
  ['127.0.0.1', 'localhost.example.com', false],
  ['127.0.0.1', '', false],
  ['192.0.2.1', 'localhost', false],
  ['::ffff:192.0.2.1', 'localhost', false],
])('[HT3] from %s, asking for %s: ourselves is %s', (remoteAddress, host, ours) => {
  // Only these two are looked at.
  expect(isOurselves({ socket: { remoteAddress }, headers: { host } } as never)).toBe(ours)
})

test('[HT3] with METRICS_TOKEN only who brings it is told, wherever he asks from', async () => {
  const guarded = await Signet.start({ config: { metricsToken: token } })
  const status = async (headers: Record<string, string>) =>
    (await guarded.anybody.send('GET', '/metrics', undefined, headers)).status
  expect(await status({})).toBe(403)
  expect(await status({ authorization: 'Bearer a-token-of-somebody-else' })).toBe(403)
  expect(await status({ authorization: token })).toBe(403)
  expect(await status({ authorization: `Bearer ${token}` })).toBe(200)
  expect(await status({ authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.1' })).toBe(200)
  await guarded.stop()
})
