/** The refusals that many endpoints share, provoked at each one that the OpenAPI document gives them to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EndpointKey, endpoints } from '../../../protocol/endpoints.ts'
import type { ErrorCode } from '../../../protocol/errors.ts'
import { maxBodyBytes } from '../../../protocol/limits.ts'
import { openApiDocument } from '../../../protocol/openapi/document.ts'
import { refusalsOf } from '../../../protocol/openapi/refusals.ts'
import { type Caller, failureFrom, type Headers } from '../caller.ts'
import { rawRequest } from '../raw.ts'
import { sawRefusal } from '../seen.ts'
import { Shop, Signet } from '../signet.ts'
import { everyEndpoint } from './every-endpoint.ts'

const isEndpoint = (key: string): key is EndpointKey => Object.hasOwn(endpoints, key)
const keys = Object.keys(endpoints).filter(isEndpoint)
const isCounted = (key: EndpointKey) => ['agent', 'visitor or agent', 'api key'].includes(endpoints[key].caller)
const having = (code: ErrorCode) => keys.filter((key) => refusalsOf(endpoints[key]).includes(code))

const elsewhere = { origin: 'https://elsewhere.example' }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const nobody = 'x'.repeat(43)

let signet: Signet
/** What is asked for is in one; the other lets nobody in from elsewhere, and has sent somebody away. */
let shop: Shop
let guarded: Shop
let visitor: string
let banned: string
/** Where an owner and a key have asked for all that they may. */
let tight: Signet
let spent: { agent: Caller; key: Caller }

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 10_000 } })
  ;[shop, guarded] = [await Shop.open(signet), await Shop.open(signet)]
  const params = { project: guarded.id }
  visitor = (await guarded.signIn({ external_id: '1' })).session
  const gone = await guarded.signIn({ external_id: '2' })
  banned = gone.session
  const { caller } = guarded.owner
  await caller.call('POST /projects/:project/bans', { params, body: { visitorId: gone.visitor.id } })
  await caller.call('PATCH /projects/:project', { params, body: { allowedOrigins: ['https://shop.example'] } })
  await spendAll()
})

async function spendAll() {
  // Three requests make the project and its keys.
  tight = await Signet.start({ config: { requestBurst: 3 } })
  const { id, owner } = await Shop.open(tight)
  const body = { name: 'Backend', scopes: ['visitors:erase' as const] }
  const made = await owner.caller.call('POST /projects/:project/api-keys', { params: { project: id }, body })
  spent = { agent: owner.caller, key: tight.anybody.with(bearer(made.key)) }
  for (let asked = 0; asked < 3; asked++) await spent.key.send('DELETE', `/api/v1/projects/${id}/visitors?externalId=1`)
}
afterAll(() => Promise.all([signet.stop(), tight.stop()]))

/** A request that is right in every part, but for who asks. */
async function asked<K extends EndpointKey>(key: K, headers: Headers, of = shop): Promise<string> {
  const input = await everyEndpoint[key].input(shop)
  const refusal = await signet.anybody.with(headers).refusal(key, of === shop ? input : elsewhereIn(input, of))
  return refusal.split(' ')[0] ?? ''
}

/** The same request, to another project where it names one. */
function elsewhereIn<I>(input: I, of: Shop): I {
  const { params } = Object(input)
  return params && 'project' in params ? { ...input, params: { ...params, project: of.id } } : input
}

describe('[HT1] who is nobody is told so', () => {
  test.each(having('not_signed_in'))('not_signed_in %s', async (key) => {
    expect(await asked(key, { origin: signet.url })).toBe('not_signed_in')
  })
  test.each(having('session_ended'))('session_ended %s', async (key) => {
    expect(await asked(key, bearer(nobody))).toBe('session_ended')
  })
  test.each(having('api_key_unknown'))('api_key_unknown %s', async (key) => {
    expect(await asked(key, bearer(`sga_${nobody}`))).toBe('api_key_unknown')
  })
  test.each(having('banned').filter((key) => endpoints[key].caller !== 'host page'))('banned %s', async (key) => {
    expect(await asked(key, bearer(banned))).toBe('banned')
  })
  test.each(having('origin_not_allowed'))('origin_not_allowed %s', async (key) => {
    const { caller } = endpoints[key]
    const isVisitors = caller === 'visitor' || caller === 'visitor or agent'
    expect(await asked(key, { ...elsewhere, ...(isVisitors && bearer(visitor)) }, guarded)).toBe('origin_not_allowed')
  })
})

describe('[HT2] who has asked for all that he may waits', () => {
  test.each(having('rate_limited').filter((key) => isCounted(key)))('rate_limited %s', async (key) => {
    const who = endpoints[key].caller === 'api key' ? spent.key : spent.agent
    expect(await who.refusal(key, await everyEndpoint[key].input(shop))).toBe('rate_limited')
  })
})

describe('[HT1] a request that is none is refused before anything else', () => {
  test.each(having('body_too_large'))('body_too_large %s', async (key) => {
    expect(await sent(key, JSON.stringify('x'.repeat(maxBodyBytes)), 'application/json')).toBe('body_too_large')
  })
  test.each(having('unsupported_media_type'))('unsupported_media_type %s', async (key) => {
    expect(await sent(key, 'hello', 'text/plain')).toBe('unsupported_media_type')
  })
  test.each(keys)('invalid_request %s', async (key) => {
    const { method, path } = addressOf(key)
    const { status, body } = await rawRequest(signet.url, { method, path, headers: { expect: 'the-unexpected' } })
    expect(saw(key, status, body)).toBe('invalid_request')
  })
})

const bodies = keys.filter((key) => 'body' in endpoints[key])

/** What of an example may not be there: who is meant by it. */
const ofNobody =
  /^(not_found visitorId|already_set_up|wrong_credentials|link_expired|invitation_expired|mail_not_configured)\b/

test.each(bodies)('[HT1] the example of %s is taken as it is', async (key) => {
  const input = withBody(await everyEndpoint[key].input(shop), exampleOf(key))
  const { session } = await shop.signIn({ external_id: 'the-visitor' })
  const caller = endpoints[key].caller === 'visitor' ? signet.visitor(session) : shop.owner.caller
  const outcome = await caller.refusal(key, input)
  expect(outcome.replace(ofNobody, 'accepted').split(' ')[0]).toBe('accepted')
})

const withBody = <I>(input: I, body: unknown): I => ({ ...input, body })

const paths: Record<
  string,
  Record<string, { requestBody?: { content: Record<string, { example?: unknown }> } }>
> = JSON.parse(JSON.stringify(openApiDocument().paths))

function exampleOf(key: EndpointKey): unknown {
  const [method = '', path = ''] = key.split(' ')
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  return operation?.requestBody?.content['application/json']?.example
}

async function sent(key: EndpointKey, body: string, type: string): Promise<string> {
  const { method, path } = addressOf(key)
  const response = await fetch(signet.url + path, { method, headers: { 'content-type': type }, body })
  return saw(key, response.status, await response.json())
}

function saw(key: EndpointKey, status: number, body: unknown): string {
  const { code } = failureFrom(key, status, body)
  sawRefusal(key, code)
  return code
}

function addressOf(key: EndpointKey): { method: string; path: string } {
  const [method = '', path = ''] = key.split(' ')
  return { method, path: `/api/v1${path.replace(':project', shop.id).replace(/:\w+/g, crypto.randomUUID())}` }
}
