/** Every endpoint by API key: with the scope that the document gives it, with all others, and with a foreign key. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiScope } from '../../../protocol/admin-records.ts'
import { type Endpoint, type EndpointKey, endpoints } from '../../../protocol/endpoints.ts'
import type { Caller } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'
import { clientId, conversationOf, everyEndpoint, ofProject } from './every-endpoint.ts'

let signet: Signet
let shop: Shop
let stranger: Shop

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 10_000 } })
  ;[shop, stranger] = [await Shop.open(signet), await Shop.open(signet)]
})
afterAll(() => signet.stop())

const scopes: readonly ApiScope[] = ApiScope.enum

async function keyWith(own: readonly ApiScope[], of = shop, name = 'Answering machine') {
  const body = { name, scopes: [...own] }
  return of.owner.caller.call('POST /projects/:project/api-keys', { ...ofProject(of), body })
}

const withKey = (key: string): Caller => signet.anybody.with({ authorization: `Bearer ${key}` })
const backend = async (own: readonly ApiScope[], of = shop) => withKey((await keyWith(own, of)).key)

const isEndpoint = (key: string): key is EndpointKey => Object.hasOwn(endpoints, key)
const scopeOf = (key: EndpointKey): ApiScope | undefined => {
  const { scope }: Endpoint = endpoints[key]
  return scope
}
const keys = Object.keys(endpoints).filter(isEndpoint)
const open = keys.filter((key) => scopeOf(key) !== undefined)
const forNobody = keys.filter((key) => scopeOf(key) === undefined && everyEndpoint[key].rule !== 'anybody')

async function tried<K extends EndpointKey>(key: K, callers: Caller[]): Promise<string[]> {
  const input = await everyEndpoint[key].input(shop)
  const outcomes = []
  for (const caller of callers) outcomes.push(await caller.refusal(key, input))
  return outcomes
}

test.each(open)('[VS6][HT2] %s by a key with its scope, and by no other', async (key) => {
  const own = scopes.filter((scope) => scope === scopeOf(key))
  const others = scopes.filter((scope) => scope !== scopeOf(key))
  const [lacking, foreign, having] = await tried(key, [
    await backend(others),
    await backend(own, stranger),
    await backend(own),
  ])
  expect([lacking, having]).toEqual(['forbidden', 'accepted'])
  expect(foreign).toMatch(/^not_found (project|conversation|attachment)$/)
})

test('[VS6][HT2] everything else no key may do, whatever its scopes', async () => {
  const caller = await backend(scopes)
  for (const key of forNobody) {
    const [outcome] = await tried(key, [caller])
    expect([key, outcome]).toEqual([key, expect.stringMatching(/^not_signed_in$|^session_ended$/)])
  }
})

test('[VS6] what a key writes is its own, under its name, for agents and visitors alike', async () => {
  const { key, id } = await keyWith(['conversations:write'])
  const { params } = await conversationOf(shop)
  const body = { clientId: clientId(), text: 'How can we help?' }
  const written = await withKey(key).call('POST /conversations/:conversation/messages', { params, body })
  expect(written.author).toEqual({ kind: 'agent', id, name: 'Answering machine' })
  const { session } = await shop.signIn({ external_id: 'the-visitor' })
  const read = { params, query: {} }
  const { messages } = await signet.visitor(session).call('GET /conversations/:conversation/messages', read)
  expect(messages.at(-1)).toEqual(written)
})

test('[DL1] a key that repeats a message gets it back; another key does not', async () => {
  const [one, other] = [await backend(['conversations:write']), await backend(['conversations:write'])]
  const { params } = await conversationOf(shop)
  const message = { params, body: { clientId: clientId(), text: 'Hello' } }
  const write = (caller: Caller) => caller.call('POST /conversations/:conversation/messages', message)
  expect(await write(one)).toEqual(await write(one))
  expect(await other.refusal('POST /conversations/:conversation/messages', message)).toBe('client_id_conflict clientId')
})

test('[AG7][VS6] a key sees the whole project, whoever has the conversation', async () => {
  const caller = await backend(['conversations:read', 'conversations:write'])
  const { params } = await conversationOf(shop)
  const assigneeId = (await shop.member('agent')).id
  await caller.call('PATCH /conversations/:conversation', { params, body: { assigneeId } })
  const listed = await caller.call('GET /projects/:project/conversations', { ...ofProject(shop), query: {} })
  expect(listed.conversations.map(({ id }) => id)).toContain(params.conversation)
  const mine = { ...ofProject(shop), query: { assignee: 'me' } }
  expect(await caller.refusal('GET /projects/:project/conversations', mine)).toBe('invalid_request assignee')
})

test('[VS6] a key sends files, and fetches what it sees by an address that ends with it', async () => {
  const { key, id } = await keyWith(['conversations:read', 'conversations:write'])
  const caller = withKey(key)
  const { params } = await conversationOf(shop)
  const file = await caller.upload(shop.id)
  const body = { clientId: clientId(), text: '', attachmentIds: [file.id] }
  const { attachments } = await caller.call('POST /conversations/:conversation/messages', { params, body })
  expect(attachments).toEqual([file])
  const link = { params: { attachment: file.id } }
  const { url } = await caller.call('POST /attachments/:attachment/link', link)
  expect((await fetch(signet.url + url)).status).toBe(200)
  const revoked = { params: { project: shop.id, key: id } }
  await shop.owner.caller.call('DELETE /projects/:project/api-keys/:key', revoked)
  expect((await fetch(signet.url + url)).status).toBe(410)
})

test('[SS10] a key is not told what guards the chat', async () => {
  const project = await (await backend(['project:read'])).call('GET /projects/:project', ofProject(shop))
  expect(Object.keys(project).toSorted()).toEqual(['createdAt', 'id', 'name', 'widget'])
})

test('[SS9] the audit log names the key, also when it is gone', async () => {
  const { key, id } = await keyWith(['departments:write'])
  const body = { name: clientId() }
  await withKey(key).call('POST /projects/:project/departments', { ...ofProject(shop), body })
  const params = { project: shop.id, key: id }
  await shop.owner.caller.call('DELETE /projects/:project/api-keys/:key', { params })
  const log = await shop.owner.caller.call('GET /projects/:project/audit-log', { ...ofProject(shop), query: {} })
  const made = log.entries.find(({ action }) => action === 'department_made')
  expect(made).toMatchObject({ agent: null, detail: { apiKeyId: id, apiKeyName: 'Answering machine' } })
  expect(await withKey(key).refusal('POST /projects/:project/departments', { ...ofProject(shop), body })).toBe(
    'api_key_unknown',
  )
})

test('[DL1] an agent who has lost sight of a conversation gets back what he wrote, and nothing else', async () => {
  const { caller } = await shop.member('agent')
  const { params } = await conversationOf(shop)
  const message = { params, body: { clientId: clientId(), text: 'On my way' } }
  const stored = await caller.call('POST /conversations/:conversation/messages', message)
  const assigneeId = (await shop.member('agent')).id
  await shop.owner.caller.call('PATCH /conversations/:conversation', { params, body: { assigneeId } })
  expect(await caller.call('POST /conversations/:conversation/messages', message)).toEqual(stored)
  const another = { params, body: { clientId: clientId(), text: 'Hello?' } }
  expect(await caller.refusal('POST /conversations/:conversation/messages', another)).toBe('not_found conversation')
})
