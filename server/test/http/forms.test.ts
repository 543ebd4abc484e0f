import { beforeAll, describe, expect, test } from 'vitest'
import { type Endpoint, type EndpointKey, endpoints } from '../../../protocol/endpoints.ts'
import { openApiDocument } from '../../../protocol/openapi/document.ts'
import { failureFrom, type Headers } from '../caller.ts'
import { rawRequest } from '../raw.ts'
import { Shop, Signet } from '../signet.ts'
import { everyEndpoint } from './every-endpoint.ts'

let signet: Signet
let shop: Shop
let session: string
let conversation: string

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  session = (await shop.signIn()).session
  conversation = (await (await shop.connect(session)).write('Hello')).conversationId
  return () => signet.stop()
})

const uuid = () => crypto.randomUUID()
const isEndpoint = (key: string): key is EndpointKey => Object.hasOwn(endpoints, key)
const keys = Object.keys(endpoints).filter(isEndpoint)

/** A body that the endpoint takes. */
async function bodyOf(key: EndpointKey): Promise<object> {
  return Object(await everyEndpoint[key].input(shop)).body
}

async function send(key: EndpointKey, body: unknown, query = ''): Promise<string> {
  const [method = '', pattern = ''] = key.split(' ')
  const ids: Record<string, string> = { project: shop.id, conversation, key: shop.keyId }
  const path = pattern.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? uuid())
  const { caller }: Endpoint = endpoints[key]
  const by = caller === 'visitor' ? signet.visitor(session) : shop.owner.caller
  const response = await by.send(method, `/api/v1${path}${query}`, body)
  const text = await response.text()
  if (response.status < 400) return 'accepted'
  const { code, field, message } = failureFrom(key, response.status, JSON.parse(text))
  expect(message).toMatch(/^[A-Z].*\.$/)
  return field === undefined ? code : `${code} ${field}`
}

const withBody = keys.filter((key) => 'body' in endpoints[key])

test.each(withBody)('[HT1] %s refuses an unknown field by its name, and no body at all', async (key) => {
  expect(await send(key, { ...(await bodyOf(key)), surprise: 1 })).toBe('invalid_request surprise')
  expect(await send(key, undefined)).toBe('invalid_request')
  for (const body of [[], 'text', 1, null]) expect(await send(key, body)).toBe('invalid_request')
})

const queries: Partial<Record<EndpointKey, string>> = {
  'DELETE /projects/:project/visitor-sessions': '&externalId=a',
  'DELETE /projects/:project/visitors': '&externalId=a',
  'GET /projects/:project/visitors': '&externalId=a',
  'GET /projects/:project/retention': '&days=1',
  'GET /projects/:project/reports': '&from=2026-01-01&to=2026-01-31',
}

test.each(keys.filter((key) => 'query' in endpoints[key]))('[HT1] %s refuses an unknown query', async (key) => {
  expect(await send(key, undefined, `?surprise=1${queries[key] ?? ''}`)).toBe('invalid_request surprise')
})

/** As deep as a body can be. */
const deep = JSON.parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`)

test.each<[EndpointKey, object, string]>([
  ['POST /projects', { name: 5 }, 'name'],
  ['POST /projects', { name: ' ' }, 'name'],
  ['POST /projects', { name: ['P'] }, 'name'],
  ['POST /projects', {}, 'name'],
  ['POST /projects/:project/public-keys', { pem: 1 }, 'pem'],
  ['POST /projects/:project/public-keys', { jwk: 'text' }, 'jwk'],
  ['POST /projects/:project/public-keys', { pem: 'x', jwksUrl: 'https://site.example' }, 'jwksUrl'],
  ['POST /projects/:project/public-keys', { jwk: {}, algorithm: 'ES256' }, 'algorithm'],
  ['PATCH /projects/:project', { singleUseTokens: 'true' }, 'singleUseTokens'],
  ['PATCH /projects/:project', { singleUseTokens: 1 }, 'singleUseTokens'],
  ['PATCH /projects/:project', { verifiedSessionSeconds: '3600' }, 'verifiedSessionSeconds'],
  ['PATCH /projects/:project', { allowedOrigins: 'https://a.example' }, 'allowedOrigins'],
  ['PATCH /projects/:project', { enforcement: null }, 'enforcement'],
  ['PATCH /projects/:project', { widget: { themeColor: 'red' } }, 'widget'],
  ['PATCH /projects/:project', { widget: { surprise: 1 } }, 'surprise'],
  ['PATCH /projects/:project', { id: 'x' }, 'id'],
  ['POST /projects/:project/shared-secrets', { previous: null }, 'previous'],
  ['POST /projects/:project/shared-secrets/:key/retire', { graceSeconds: '60' }, 'graceSeconds'],
  ['POST /projects/:project/visitor-sessions', { token: null }, 'token'],
  ['POST /projects/:project/visitor-sessions', { claims: { role: 'admin' } }, 'role'],
  ['POST /conversations/:conversation/messages', { clientId: 'x', text: 'Hi' }, 'clientId'],
  ['POST /conversations/:conversation/messages', { clientId: uuid().toUpperCase(), text: 'Hi' }, 'clientId'],
  ['POST /conversations/:conversation/messages', { clientId: uuid(), text: 5 }, 'text'],
  ['POST /conversations/:conversation/messages', { clientId: uuid(), text: 'Hi', kind: 'system' }, 'kind'],
  ['POST /conversations/:conversation/messages', { clientId: uuid(), text: 'Hi', attributes: [] }, 'attributes'],
  ['PATCH /conversations/:conversation', { tags: [1] }, 'tags'],
  ['PATCH /conversations/:conversation', { state: 'gone' }, 'state'],
  ['PATCH /projects/:project/members/:agent', { role: 'Owner' }, 'role'],
  ['POST /projects/:project/webhooks', { url: 'https://a.example', events: deep }, 'events'],
  ['POST /projects/:project/api-keys', { name: 'A', scopes: deep }, 'scopes'],
])('[HT1] %s takes nothing for what it is not: %j', async (key, body, field) => {
  expect(await send(key, body)).toBe(`invalid_request ${field}`)
})

describe('what is no request', () => {
  const path = '/api/v1/projects'
  const type = { 'content-type': 'application/json' }
  async function refusalOf(asked: { method?: string; path?: string; headers?: Headers }, text?: string) {
    const response = await fetch(`${signet.url}${asked.path ?? path}`, {
      method: asked.method ?? 'POST',
      headers: { ...shop.owner.headers, ...(text !== undefined && type), ...asked.headers },
      ...(text !== undefined && { body: text }),
    })
    return failureFrom(path, response.status, await response.json()).code
  }

  test('[HT1] broken JSON, other media types and too much are refused with their codes', async () => {
    expect(await refusalOf({}, '{"name":')).toBe('invalid_request')
    expect(await refusalOf({}, '')).toBe('invalid_request')
    expect(await refusalOf({ headers: { 'content-type': 'text/plain' } }, '{"name":"P"}')).toBe(
      'unsupported_media_type',
    )
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await refusalOf({ headers: form }, 'name=P')).toBe('unsupported_media_type')
    expect(await refusalOf({}, JSON.stringify({ name: 'x'.repeat(200_000) }))).toBe('body_too_large')
    expect(await refusalOf({}, '{"name":"P","__proto__":{"admin":true}}')).toBe('invalid_request')
    expect(await refusalOf({}, '{"name":"P","constructor":{"prototype":{"admin":true}}}')).toBe('invalid_request')
  })

  test('[HT1] addresses that there are not answer in the same form', async () => {
    for (const [method, address] of [
      ['GET', '/api/v1/nothing'],
      ['PUT', '/api/v1/projects'],
      ['DELETE', '/api/v1'],
    ] as const) {
      expect(await refusalOf({ method, path: address })).toBe('not_found')
    }
  })

  test.each([
    '/api/v1/projects/%E0%A4%A',
    '/api/v1/projects/%',
    '/api/v1/projects/%00',
    `/api/v1/projects/${'x'.repeat(9000)}`,
  ])('[HT1] a broken address is refused in the same form: %.40s', async (address) => {
    const { status, body } = await rawRequest(signet.url, {
      method: 'GET',
      path: address,
      headers: { cookie: shop.owner.headers.cookie, origin: signet.url },
    })
    expect(['invalid_request', 'not_found']).toContain(failureFrom(address, status, body).code)
  })
})

describe('the OpenAPI document', () => {
  test('[HT1] is served, and there is a page of it that runs nothing', async () => {
    const response = await fetch(`${signet.url}/api/v1/openapi.json`)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
    const page = await fetch(`${signet.url}/api/docs`)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    // Built by bin/test before the tests; in a fresh checkout without a build there is none.
    if (page.ok) expect(await page.text()).not.toMatch(/<script|style=/)
  })
})
