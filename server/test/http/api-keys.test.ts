import { beforeAll, beforeEach, expect, test } from 'vitest'
import { findAtRest } from '../at-rest.ts'
import { minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const params = () => ({ project: shop.id })
const generate = (of = shop) =>
  of.owner.caller.call('POST /projects/:project/api-keys', {
    params: { project: of.id },
    body: { name: ' Backend ', scopes: ['visitors:sign_out'] },
  })
const list = async () => (await shop.owner.caller.call('GET /projects/:project/api-keys', { params: params() })).apiKeys
const backend = (key: string) => signet.anybody.with({ authorization: `Bearer ${key}` })
const signOut = (key: string, externalId: string, project = shop.id) =>
  backend(key).refusal('DELETE /projects/:project/visitor-sessions', { params: { project }, query: { externalId } })
const isOpen = async (session: string) =>
  (await signet.visitor(session).refusal('GET /visitor-session', {})) === 'accepted'

test('[VS6] a key is shown once, by the answer that makes it, and only its hash is kept', async () => {
  const { key, ...record } = await generate()
  expect(key).toMatch(/^sga_[A-Za-z0-9_-]{43}$/)
  expect(record).toMatchObject({ name: 'Backend', last4: key.slice(-4), createdBy: { id: shop.owner.id } })
  expect(await list()).toEqual([record])
  expect(findAtRest(signet.dataDir, key.replace('sga_', 'sgn_'))).toEqual([])
})

test('[VS6] a person is signed out everywhere, and nobody else is', async () => {
  const { key } = await generate()
  const [phone, laptop, other] = [
    await shop.signIn({ external_id: 'a' }),
    await shop.signIn({ external_id: 'a' }),
    await shop.signIn({ external_id: 'b' }),
  ]
  const sockets = [await shop.connect(phone.session), await shop.connect(laptop.session)]
  const bystander = await shop.connect(other.session)
  const asked = { params: params(), query: { externalId: 'a' } }
  expect(await backend(key).call('DELETE /projects/:project/visitor-sessions', asked)).toEqual({ ended: 2 })
  for (const socket of sockets) {
    expect((await socket.next('ended')).reason).toBe('signed_out')
    expect(await socket.closed).toBe(4401)
  }
  const open = await Promise.all([phone, laptop, other].map(({ session }) => isOpen(session)))
  expect(open).toEqual([false, false, true])
  expect((await bystander.settled()).map(({ type }) => type)).not.toContain('ended')
  expect(await backend(key).call('DELETE /projects/:project/visitor-sessions', asked)).toEqual({ ended: 0 })
  expect((await shop.signIn({ external_id: 'a' }, { previousSession: phone.session })).session).not.toBe(phone.session)
})

test('[VS6][VS9] agents see that he is no longer verified now', async () => {
  const { key } = await generate()
  const { session } = await shop.signIn()
  await (await shop.connect(session)).write('Hello')
  const socket = await shop.connectAgent(shop.owner)
  await signOut(key, 'customer-1')
  const { conversation } = await socket.next('conversation')
  expect('visitor' in conversation && conversation.visitor.identity).toBe('verified_earlier')
})

test('[VS6] a person whom nobody knows has no sessions', async () => {
  const { key } = await generate()
  const asked = { params: params(), query: { externalId: "nobody' or 1=1" } }
  expect(await backend(key).call('DELETE /projects/:project/visitor-sessions', asked)).toEqual({ ended: 0 })
})

test('[VS6] wrong, revoked and missing keys are no keys', async () => {
  const { key, id } = await generate()
  expect(await signOut(key, 'a')).toBe('accepted')
  expect(await signOut(`${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`, 'a')).toBe('api_key_unknown')
  expect(await signOut(key.replace('sga_', ''), 'a')).toBe('api_key_unknown')
  const path = { params: { ...params(), key: id } }
  await shop.owner.caller.call('DELETE /projects/:project/api-keys/:key', path)
  expect(await signOut(key, 'a')).toBe('api_key_unknown')
  expect(await shop.owner.caller.refusal('DELETE /projects/:project/api-keys/:key', path)).toBe('not_found key')
  expect(await list()).toEqual([])
})

test('[VS6][HT2] no session of anybody is a key, and a key is nobody’s session', async () => {
  const { key } = await generate()
  const { session } = await shop.signIn()
  expect(await signOut(session, 'customer-1')).toBe('api_key_unknown')
  const asked = { params: params(), query: { externalId: 'customer-1' } }
  expect(await shop.owner.caller.refusal('DELETE /projects/:project/visitor-sessions', asked)).toBe('api_key_unknown')
  expect(await backend(key).refusal('GET /visitor-session', {})).toBe('session_ended')
  expect(await backend(key).refusal('GET /me', {})).toBe('not_signed_in')
  const both = shop.owner.caller.with({ authorization: `Bearer ${key}` })
  expect(await both.refusal('GET /projects/:project/api-keys', { params: params() })).toBe('not_signed_in')
  const socket = await signet.open({ authorization: `Bearer ${key}` }).opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session: key })
  expect((await socket.next('ended')).reason).toBe('session_unknown')
})

test('[VS6] to a key of another project, this one does not exist; a legacy id is as good as the id', async () => {
  const other = await Shop.open(signet)
  const { key } = await generate(other)
  const { session } = await shop.signIn()
  expect(await signOut(key, 'customer-1')).toBe('not_found project')
  expect(await signOut(key, 'customer-1', 'no-such-project')).toBe('not_found project')
  expect(await isOpen(session)).toBe(true)
  const body = { legacyId: 'legacy-of-other' }
  await other.owner.caller.call('PATCH /projects/:project', { params: { project: other.id }, body })
  expect(await signOut(key, 'customer-1', 'legacy-of-other')).toBe('accepted')
  expect(
    (await other.owner.caller.call('GET /projects/:project/api-keys', { params: { project: other.id } })).apiKeys,
  ).toHaveLength(1)
})

test('[VS6] a key without the scope is told which one it lacks', async () => {
  const { key, id } = await generate()
  await signet.app.model.database.transaction((tx) =>
    tx.query.updateTable('api_keys').set({ scopes: '[]' }).where('id', '=', id).execute(),
  )
  const answer = await backend(key).send('DELETE', `/api/v1/projects/${shop.id}/visitor-sessions?externalId=a`)
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('visitors:sign_out')])
})

test('[VS6] its use is written down once a minute', async () => {
  const { key } = await generate()
  const used = async () => (await list())[0]?.lastUsedAt
  expect(await used()).toBe(null)
  const first = signet.clock.ms
  await signOut(key, 'a')
  signet.clock.advance(minute - 1)
  await signOut(key, 'a')
  expect(await used()).toBe(first)
  signet.clock.advance(1)
  await signOut(key, 'a')
  expect(await used()).toBe(first + minute)
})

test('[HT2] no website may call with a key', async () => {
  const { key } = await generate()
  const answer = await backend(key)
    .with({ origin: 'https://shop.example' })
    .send('DELETE', `/api/v1/projects/${shop.id}/visitor-sessions?externalId=a`)
  expect(answer.headers.get('access-control-allow-origin')).toBe(null)
})

test('[SS9] keys that come and go are in the audit log, without the key', async () => {
  const { key, id } = await generate()
  await shop.owner.caller.call('DELETE /projects/:project/api-keys/:key', { params: { ...params(), key: id } })
  const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', { params: params(), query: {} })
  expect(entries.slice(0, 2).map(({ action, detail }) => [action, detail.id])).toEqual([
    ['api_key_revoked', id],
    ['api_key_generated', id],
  ])
  expect(JSON.stringify(entries)).not.toContain(key.slice(4, 40))
})
