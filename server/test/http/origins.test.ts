import { beforeAll, expect, test } from 'vitest'
import type { EndpointKey, Input } from '../../../protocol/endpoints.ts'
import { Shop, Signet } from '../signet.ts'

const allowed = 'https://shop.example'
const others = [
  'https://evil.example',
  'http://shop.example',
  'https://shop.example:8443',
  'https://www.shop.example',
  'https://shop.example.evil.example',
  'null',
  undefined,
]

let signet: Signet
let shop: Shop
let session: string
let conversation: string

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  session = (await shop.signIn()).session
  conversation = (await (await shop.connect(session)).write('Hello')).conversationId
  const body = { allowedOrigins: ['https://other.example', allowed] }
  await shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body })
  return () => signet.stop()
})

const from = (origin: string | undefined, bearer = true) =>
  signet.anybody.with({
    ...(origin !== undefined && { origin }),
    ...(bearer && { authorization: `Bearer ${session}` }),
  })

const calls: [EndpointKey, () => Promise<string>[]][] = []
function visitorCall<K extends EndpointKey>(key: K, input: () => Input<K>, bearer = true): void {
  calls.push([key, () => [allowed, ...others].map((origin) => from(origin, bearer).refusal(key, input()))])
}
visitorCall('GET /projects/:project/widget', () => ({ params: { project: shop.id } }), false)
visitorCall(
  'POST /projects/:project/visitor-sessions',
  () => ({ params: { project: shop.id }, body: { token: shop.token() } }),
  false,
)
visitorCall('GET /visitor-session', () => ({}))
visitorCall('PATCH /visitor-session', () => ({ body: { name: 'Me' } }))
visitorCall('GET /projects/:project/conversations', () => ({ params: { project: shop.id }, query: {} }))
visitorCall('GET /conversations/:conversation', () => ({ params: { conversation } }))
visitorCall('GET /conversations/:conversation/messages', () => ({ params: { conversation }, query: {} }))
visitorCall('POST /conversations/:conversation/messages', () => ({
  params: { conversation },
  body: { clientId: crypto.randomUUID(), text: 'Hi' },
}))

test.each(calls)('[VS11] %s answers the allowed origins only', async (_key, run) => {
  const [first, ...rest] = await Promise.all(run())
  expect(first).toBe('accepted')
  expect(rest).toEqual(others.map(() => 'origin_not_allowed'))
})

test('[VS11] the socket answers the allowed origins only', async () => {
  const hello = async (origin: string | undefined) => {
    const socket = await signet.open(origin === undefined ? {} : { origin }).opened()
    socket.say({ type: 'hello', v: 1, project: shop.id, session })
    const first = await Promise.race([socket.next('welcome'), socket.next('error').catch(() => undefined)])
    if (first?.type === 'welcome') return first.type
    expect(await socket.closed).toBe(4403)
    return first?.code
  }
  expect(await hello(allowed)).toBe('welcome')
  for (const origin of others) expect(await hello(origin)).toBe('origin_not_allowed')
})

test('[VS11] a session of a project with allowed origins is refused from elsewhere before it says anything', async () => {
  const refused = await from('https://evil.example').send('GET', '/api/v1/visitor-session')
  expect(await refused.text()).not.toContain('Grace')
})

test('[VS11] agents are not asked where the site is', async () => {
  expect(await shop.owner.caller.refusal('GET /conversations/:conversation', { params: { conversation } })).toBe(
    'accepted',
  )
})

test('[VS11] an empty list admits every origin, and none', async () => {
  const open = await Shop.open(signet)
  for (const origin of ['https://anything.example', 'null', undefined]) {
    const asked = { params: { project: open.id } }
    expect(await from(origin, false).refusal('GET /projects/:project/widget', asked)).toBe('accepted')
  }
})

test.each([
  'shop.example',
  'https://shop.example/',
  'https://shop.example/path',
  'ftp://shop.example',
  'https://',
  '*',
])('[VS11] %s is no origin', async (origin) => {
  const body = { allowedOrigins: [origin] }
  const refusal = await shop.owner.caller.refusal('PATCH /projects/:project', { params: { project: shop.id }, body })
  expect(refusal).toBe('invalid_request allowedOrigins')
})
