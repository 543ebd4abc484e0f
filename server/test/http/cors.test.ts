import { beforeAll, expect, test } from 'vitest'
import { type Endpoint, type EndpointKey, endpoints } from '../../../protocol/endpoints.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const isEndpoint = (key: string): key is EndpointKey => Object.hasOwn(endpoints, key)
const keys = Object.keys(endpoints).filter(isEndpoint)
const isForPages = (key: EndpointKey) => {
  const { caller }: Endpoint = endpoints[key]
  return caller === 'host page' || caller === 'visitor' || caller === 'visitor or agent' || caller === 'file address'
}
const pageKeys = keys.filter(isForPages)
const otherKeys = keys.filter((key) => !isForPages(key))

const pathOf = (key: EndpointKey) =>
  `/api/v1${key.split(' ')[1]?.replace(':project', shop.id).replace(/:\w+/g, crypto.randomUUID())}`
const methodOf = (key: EndpointKey) => key.split(' ')[0] ?? ''
const origin = 'https://shop.example'

function ask(key: EndpointKey, headers: Record<string, string> = {}): Promise<Response> {
  const body = 'body' in endpoints[key] ? { surprise: true } : undefined
  return signet.anybody.send(methodOf(key), pathOf(key), body, { origin, ...headers })
}

function preflight(key: EndpointKey): Promise<Response> {
  const asked = {
    origin,
    'access-control-request-method': methodOf(key),
    'access-control-request-headers': 'authorization',
  }
  return signet.anybody.send('OPTIONS', pathOf(key), undefined, asked)
}

test.each(pageKeys)('[HT2] pages may read the answer of %s, refusals too, and never with cookies', async (key) => {
  for (const headers of [{}, { authorization: 'Bearer junk' }, { cookie: shop.owner.headers.cookie }]) {
    const answer = await ask(key, headers)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
  }
  const asked = await preflight(key)
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe('*')
  expect(asked.headers.get('access-control-allow-methods')?.split(', ')).toContain(methodOf(key))
  expect(asked.headers.get('access-control-allow-headers')?.split(', ')).toContain('authorization')
  expect(asked.headers.has('access-control-allow-credentials')).toBe(false)
})

test.each(otherKeys)('[HT2] pages may never read the answer of %s, nor ask with its method', async (key) => {
  for (const headers of [{}, { cookie: shop.owner.headers.cookie }, shop.owner.headers]) {
    const answer = await ask(key, headers)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
  const methods = (await preflight(key)).headers.get('access-control-allow-methods')?.split(', ') ?? []
  expect(methods).not.toContain(methodOf(key))
})

test('[HT2] pages may read the allowed wait and what is too large', async () => {
  const body = { token: 'x'.repeat(200_000) }
  const answer = await signet.anybody.send('POST', `/api/v1/projects/${shop.id}/visitor-sessions`, body, { origin })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([413, '*'])
  const readable = answer.headers.get('access-control-expose-headers')?.split(', ')
  expect(readable).toEqual(expect.arrayContaining(['retry-after', 'x-request-id', 'ratelimit-remaining', 'etag']))
})

test('answers of the API are not sniffed, and kept by nobody unless they say so', async () => {
  const widget = await signet.anybody.send('GET', `/api/v1/projects/${shop.id}/widget`)
  const me = await shop.owner.caller.send('GET', '/api/v1/me')
  for (const answer of [widget, me]) expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(me.headers.get('cache-control')).toBe('no-store')
  expect(widget.headers.get('cache-control')).toBe('public, max-age=60')
})
