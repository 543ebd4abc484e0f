import { beforeAll, beforeEach, expect, test } from 'vitest'
import { minute } from '../../clock.ts'
import { Shop, Signet } from '../../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

/** The visitor of a conversation as agents see him. */
async function seenByAgents(conversation: string) {
  const found = await shop.owner.caller.call('GET /conversations/:conversation', { params: { conversation } })
  if (!('visitor' in found)) throw new Error('An agent was shown the view of a visitor.')
  return found.visitor
}

const writeAs = async (session: string) => (await (await shop.connect(session)).write('Hello')).conversationId

test('[VS3] the same external id is the same visitor on every device, with the history', async () => {
  const laptop = await shop.signIn()
  const conversation = await writeAs(laptop.session)
  signet.clock.advance(minute)
  const phone = await shop.signIn()
  expect(phone.visitor).toEqual(laptop.visitor)
  expect(phone.session).not.toBe(laptop.session)
  expect(phone.conversations).toBe(1)
  const { messages } = await signet
    .visitor(phone.session)
    .call('GET /conversations/:conversation/messages', { params: { conversation }, query: {} })
  expect(messages.map((message) => message.text)).toEqual(['Hello'])
  expect((await signet.visitor(laptop.session).call('GET /visitor-session', {})).visitor.id).toBe(laptop.visitor.id)
})

test('[VS3] the same external id that comes in on many devices at once is one visitor', async () => {
  const admitted = await Promise.all([1, 2, 3, 4, 5].map(() => shop.signIn()))
  expect(new Set(admitted.map(({ visitor }) => visitor.id)).size).toBe(1)
  expect(new Set(admitted.map(({ session }) => session)).size).toBe(5)
})

test('[VS3] an external id is taken letter by letter', async () => {
  const spellings = ['Case', 'case', 'case ', 'cas\u0065\u0301', 'cas\u00e9', '1', '01']
  const ids = await Promise.all(spellings.map(async (id) => (await shop.signIn({ external_id: id })).visitor.id))
  expect(new Set(ids).size).toBe(spellings.length)
})

test('[VS3] the same external id in another project is somebody else', async () => {
  const other = await Shop.open(signet)
  expect((await other.signIn()).visitor.id).not.toBe((await shop.signIn()).visitor.id)
})

test('[VS3] one e-mail under two external ids is two visitors', async () => {
  const email = 'family@example.com'
  const one = await shop.signIn({ external_id: 'mother', email })
  const two = await shop.signIn({ external_id: 'child', email })
  expect(two.visitor.id).not.toBe(one.visitor.id)
  await writeAs(one.session)
  expect((await signet.visitor(two.session).call('GET /visitor-session', {})).conversations).toBe(0)
})

test('[VS3] a changed e-mail changes the profile and loses nothing', async () => {
  const before = await shop.signIn()
  await writeAs(before.session)
  signet.clock.advance(minute)
  const after = await shop.signIn({ email: 'grace@new.example' })
  expect(after.visitor).toEqual({ ...before.visitor, email: 'grace@new.example' })
  expect(after.conversations).toBe(1)
})

test('[VS4] the profile follows the newest token by iat, in whatever order the tokens come', async () => {
  const { seconds } = signet.clock
  await shop.signIn({ name: 'new', email: 'new@example.com', iat: seconds, attributes: { plan: 'gold' } })
  const older = await shop.signIn({ name: 'old', email: 'old@example.com', iat: seconds - 60, attributes: {} })
  expect(older.visitor).toMatchObject({ name: 'new', email: 'new@example.com' })
  const seen = await seenByAgents(await writeAs(older.session))
  expect(seen).toMatchObject({ name: 'new', email: 'new@example.com', attributes: { plan: 'gold' } })
  const newest = await shop.signIn({ name: 'newest', iat: seconds + 1 })
  expect(newest.visitor.name).toBe('newest')
})

test('[VS4] what a newer token leaves out is gone from the profile', async () => {
  await shop.signIn({ phone: '+39 06 1', attributes: { plan: 'gold' } })
  signet.clock.advance(1000)
  const { session } = await shop.signIn({ name: null, email: '' })
  expect(await seenByAgents(await writeAs(session))).toMatchObject({
    name: null,
    email: null,
    phone: null,
    attributes: {},
    externalId: 'customer-1',
  })
})

test('[VS4] claims have no power over what a token said', async () => {
  const { session, visitor } = await shop.signIn()
  const claims = { name: 'The Owner', email: 'owner@example.com' }
  const answer = await signet.visitor(session).call('PATCH /visitor-session', { body: claims })
  expect(answer).toEqual(visitor)
  const again = await shop.admit({ token: shop.token(), claims })
  expect(again.visitor).toEqual(visitor)
  expect(await seenByAgents(await writeAs(session))).toMatchObject({ name: 'Grace', email: 'grace@example.com' })
})

test('[VS4] claims in a token of no use: neither role nor id, and nothing that a page added', async () => {
  const { visitor } = await shop.signIn({ role: 'admin', id: 'x', verified: false, project: 'other', sub: 'admin' })
  expect(Object.keys(visitor).toSorted()).toEqual(['email', 'externalId', 'id', 'name', 'verified'])
  expect(visitor).toMatchObject({ externalId: 'customer-1', verified: true })
})

test('[VS9] who claims a name is claimed, never verified, and shown as not the person whose e-mail it is', async () => {
  await shop.signIn()
  const { session, visitor } = await shop.admit({ claims: { name: 'Grace', email: ' GRACE@example.com ' } })
  expect(visitor).toMatchObject({ name: 'Grace', email: 'GRACE@example.com', externalId: null, verified: false })
  const seen = await seenByAgents(await writeAs(session))
  expect(seen).toMatchObject({ identity: 'claimed', verification: null, notVerifiedAs: 'Grace' })
})

test('[VS9] who claims nothing is anonymous; an empty claim is none', async () => {
  const { session } = await shop.admit({ claims: { name: '  ', email: '' } })
  const conversation = await writeAs(session)
  expect(await seenByAgents(conversation)).toMatchObject({ identity: 'anonymous', name: null, notVerifiedAs: null })
  await signet.visitor(session).call('PATCH /visitor-session', { body: { name: 'Grace' } })
  expect((await seenByAgents(conversation)).identity).toBe('claimed')
  await signet.visitor(session).call('PATCH /visitor-session', { body: { name: '' } })
  expect((await seenByAgents(conversation)).identity).toBe('anonymous')
})

test.each(['a\0b', 'a\ud800', 'two\nlines', 'bell\u0007'])(
  '[VS9] a claim that cannot be shown is refused: %j',
  async (name) => {
    const { session } = await shop.admit()
    expect(await signet.visitor(session).refusal('PATCH /visitor-session', { body: { name } })).toBe(
      'text_invalid name',
    )
  },
)

test('[VS9] each message carries the record of how its author was verified', async () => {
  const iat = signet.clock.seconds - 30
  const { session } = await shop.signIn({ iat })
  const socket = await shop.connect(session)
  const verifiedAt = signet.clock.ms
  signet.clock.advance(minute)
  const first = await socket.write('verified')
  expect(first.verification).toEqual({ keyId: shop.keyId, issuedAt: iat * 1000, verifiedAt })
  const conversation = first.conversationId
  const reply = await shop.owner.caller.call('POST /conversations/:conversation/messages', {
    params: { conversation },
    body: { clientId: crypto.randomUUID(), text: 'Hi' },
  })
  expect(reply.verification).toBeNull()
  const anonymous = await (await shop.connect((await shop.admit()).session)).write('Hello')
  expect(anonymous.verification).toBeNull()
  const { messages } = await shop.owner.caller.call('GET /conversations/:conversation/messages', {
    params: { conversation },
    query: {},
  })
  expect(messages.map((message) => message.verification)).toEqual([first.verification, null])
})

test('[VS9] a renewed session writes with the new verification, on the connection that is open', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  const { conversationId, verification } = await socket.write('before')
  signet.clock.advance(minute)
  await shop.generate({ previous: 'keep' })
  await shop.signIn({}, { previousSession: session })
  const after = await socket.write('after', conversationId)
  expect(after.verification).toEqual({
    keyId: shop.keyId,
    issuedAt: signet.clock.seconds * 1000,
    verifiedAt: signet.clock.ms,
  })
  expect(verification?.keyId).not.toBe(shop.keyId)
})

test('[VS9] a visitor is verified now, then verified earlier', async () => {
  const { session, expiresAt } = await shop.signIn()
  const conversation = await writeAs(session)
  expect(await seenByAgents(conversation)).toMatchObject({
    identity: 'verified',
    verification: { keyId: shop.keyId, keyLast4: shop.secret.slice(-4), verifiedAt: signet.clock.ms, expiresAt },
  })
  await signet.visitor(session).call('DELETE /visitor-session', {})
  expect((await seenByAgents(conversation)).identity).toBe('verified_earlier')
})

test('[VS9] a visitor stays verified while another session of his is open, and by the clock no longer', async () => {
  const first = await shop.signIn()
  const conversation = await writeAs(first.session)
  const second = await shop.signIn()
  await signet.visitor(second.session).call('DELETE /visitor-session', {})
  expect((await seenByAgents(conversation)).identity).toBe('verified')
  signet.clock.advance(first.expiresAt - signet.clock.ms)
  expect((await seenByAgents(conversation)).identity).toBe('verified_earlier')
})
