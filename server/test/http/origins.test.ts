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

test('[VS11] a list is kept as browsers write origins', async () => {
  const tidy = await Shop.open(signet)
  const given = ['https://Shop.Example', 'HTTPS://SHOP.example:443', 'http://shop.example:80', 'https://bücher.example']
  const body = { allowedOrigins: [...given, 'https://shop.example:8443'] }
  const kept = await tidy.owner.caller.call('PATCH /projects/:project', { params: { project: tidy.id }, body })
  expect(kept.allowedOrigins).toEqual([
    'https://shop.example',
    'http://shop.example',
    'https://xn--bcher-kva.example',
    'https://shop.example:8443',
  ])
  expect(
    await from('https://shop.example', false).refusal('GET /projects/:project/widget', {
      params: { project: tidy.id },
    }),
  ).toBe('accepted')
})

test.each([
  ['a page of our own says', () => ({ origin: signet.url }), 'accepted'],
  ['a plain GET of our own page', () => ({ 'sec-fetch-site': 'same-origin' }), 'accepted'],
  ['the same over http in a network', () => ({ referer: `${signet.url}/preview?project=x` }), 'accepted'],
  ['a page of another port', () => ({ origin: 'http://localhost:1' }), 'origin_not_allowed'],
  ['an address that somebody typed', () => ({ 'sec-fetch-site': 'none' }), 'origin_not_allowed'],
  ['another site', () => ({ 'sec-fetch-site': 'cross-site', referer: `${signet.url}/` }), 'origin_not_allowed'],
  ['another Referer', () => ({ referer: 'https://evil.example/' }), 'origin_not_allowed'],
  ['a Referer that is none', () => ({ referer: signet.url.replace('http://', '') }), 'origin_not_allowed'],
])(
  '[VS11] no list locks out the dashboard’s own preview, and nobody else gets in as it: %s',
  async (_name, headers, outcome) => {
    const asked = { params: { project: shop.id } }
    expect(await signet.anybody.with(headers()).refusal('GET /projects/:project/widget', asked)).toBe(outcome)
  },
)

test('[VS11] the preview’s socket is admitted, too', async () => {
  const socket = await signet.open({ origin: signet.url }).opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session })
  await socket.next('welcome')
})

test('[VS11] when the list changes, open sockets from elsewhere are closed and told why', async () => {
  const moving = await Shop.open(signet)
  const own = (await moving.signIn()).session
  const connect = async (origin: string | undefined) => {
    const socket = await signet.open(origin === undefined ? {} : { origin }).opened()
    socket.say({ type: 'hello', v: 1, project: moving.id, session: own })
    await socket.next('welcome')
    return socket
  }
  const [staying, going, unsaid, preview] = [
    await connect(allowed),
    await connect('https://www.shop.example'),
    await connect(undefined),
    await connect(signet.url),
  ]
  const agent = await moving.connectAgent(moving.owner)
  const save = (allowedOrigins: string[]) =>
    moving.owner.caller.call('PATCH /projects/:project', { params: { project: moving.id }, body: { allowedOrigins } })
  await save([allowed, 'https://www.shop.example'])
  expect((await unsaid.next('error')).code).toBe('origin_not_allowed')
  expect((await going.settled()).map(({ type }) => type)).toEqual([])
  await save(['https://SHOP.example'])
  expect((await going.next('error')).code).toBe('origin_not_allowed')
  expect([await going.closed, await unsaid.closed]).toEqual([4403, 4403])
  for (const socket of [staying, preview, agent]) {
    expect((await socket.settled()).map(({ type }) => type)).not.toContain('error')
  }
  // The session itself has not ended: it may be used where it is allowed.
  await save([])
  await connect('https://anywhere.example')
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
  'https://*.shop.example',
  'https://user@shop.example',
  'https://',
  '*',
])('[VS11] %s is no origin', async (origin) => {
  const body = { allowedOrigins: [origin] }
  const refusal = await shop.owner.caller.refusal('PATCH /projects/:project', { params: { project: shop.id }, body })
  expect(refusal).toBe('invalid_request allowedOrigins')
})
