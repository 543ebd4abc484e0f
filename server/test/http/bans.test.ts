import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Agent, Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start({ config: { trustProxy: true, messageBurst: 10_000 } })
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const params = () => ({ project: shop.id })
const ban = (visitorId: string, by: Agent = shop.owner, more: { reason?: string } = {}) =>
  by.caller.call('POST /projects/:project/bans', { params: params(), body: { visitorId, ...more } })
const banned = (by: Agent = shop.owner) =>
  by.caller.call('GET /projects/:project/bans', { params: params(), query: {} })
const lift = (id: string, by: Agent = shop.owner) =>
  by.caller.refusal('DELETE /projects/:project/bans/:ban', { params: { ...params(), ban: id } })
const signIn = (body: object, from = '203.0.113.9') =>
  signet.anybody
    .with({ 'x-forwarded-for': from })
    .refusal('POST /projects/:project/visitor-sessions', { params: params(), body })
const admitFrom = (from: string) =>
  signet.anybody
    .with({ 'x-forwarded-for': from })
    .call('POST /projects/:project/visitor-sessions', { params: params(), body: {} })
const assign = (conversation: string, assigneeId: string) =>
  shop.owner.caller.call('PATCH /conversations/:conversation', { params: { conversation }, body: { assigneeId } })

describe('a person', () => {
  test('[VS15] is signed out in every browser, and refused with every token, by his external id', async () => {
    const [phone, laptop] = [await shop.signIn(), await shop.signIn({ email: 'other@example.com' })]
    const sockets = [await shop.connect(phone.session), await shop.connect(laptop.session)]
    const made = await ban(phone.visitor.id, shop.owner, { reason: ' Spam ' })
    expect(made).toMatchObject({
      visitor: { id: phone.visitor.id, externalId: 'customer-1', name: 'Grace' },
      reason: 'Spam',
      bannedBy: { id: shop.owner.id },
    })
    for (const socket of sockets) {
      expect((await socket.next('ended')).reason).toBe('banned')
      expect(await socket.closed).toBe(4401)
    }
    for (const { session } of [phone, laptop]) {
      expect(await signet.visitor(session).refusal('GET /visitor-session', {})).toBe('banned')
    }
    const again = [{ token: shop.token() }, { token: shop.token({ name: 'Mallory' }), previousSession: phone.session }]
    for (const body of again) expect(await signIn(body)).toBe('banned')
    expect(await signIn({ token: shop.token({ external_id: 'customer-2' }) })).toBe('accepted')
  })

  test('[VS15] is told so over the socket, and may come as nobody in particular', async () => {
    const { session, visitor } = await shop.signIn()
    await ban(visitor.id)
    const socket = await signet.open().opened()
    socket.say({ type: 'hello', v: 1, project: shop.id, session })
    expect((await socket.next('ended')).reason).toBe('banned')
    // The ban is of the person: who he is not known to be, he may be.
    expect(await signIn({})).toBe('accepted')
  })

  test('[VS15] gets in again when the ban is lifted, with his history; the old sessions stay ended', async () => {
    const { session, visitor } = await shop.signIn()
    await (await shop.connect(session)).write('Hello')
    const { id } = await ban(visitor.id)
    expect(await lift(id)).toBe('accepted')
    expect(await lift(id)).toBe('not_found ban')
    expect(await signet.visitor(session).refusal('GET /visitor-session', {})).toBe('session_ended')
    expect(await shop.signIn({}, { previousSession: session })).toMatchObject({ conversations: 1 })
    expect((await banned()).bans).toEqual([])
  })

  test('[VS15][VS14] hears that he is banned, however often he tries', async () => {
    const { visitor } = await shop.signIn()
    await ban(visitor.id)
    const tries = await Promise.all(Array.from({ length: 100 }, () => signIn({ token: shop.token() }, '203.0.113.77')))
    expect(new Set(tries)).toEqual(new Set(['banned']))
    expect(await signIn({ token: 'a.b.c' }, '203.0.113.77')).toBe('token_malformed')
  })

  test('[VS15] banned twice is banned once', async () => {
    const { visitor } = await shop.signIn()
    const bans = await Promise.all([ban(visitor.id), ban(visitor.id), ban(visitor.id)])
    expect(new Set(bans.map(({ id }) => id)).size).toBe(1)
    expect((await banned()).bans).toHaveLength(1)
  })
})

describe('an anonymous visitor', () => {
  test('[VS15] is banned by his session and by the address that it was opened from', async () => {
    const mallory = await admitFrom('203.0.113.66')
    const bystander = await admitFrom('203.0.113.66')
    const socket = await shop.connect(mallory.session)
    await ban(mallory.visitor.id)
    expect((await socket.next('ended')).reason).toBe('banned')
    expect(await signet.visitor(mallory.session).refusal('GET /visitor-session', {})).toBe('banned')
    expect(await signIn({}, '203.0.113.66')).toBe('banned')
    expect(await signIn({}, '203.0.113.67')).toBe('accepted')
    // Whoever was there already, and whoever the site vouches for, is not he.
    expect(await signet.visitor(bystander.session).refusal('GET /visitor-session', {})).toBe('accepted')
    expect(await signIn({ token: shop.token() }, '203.0.113.66')).toBe('accepted')
  })

  test('[VS15][VS14] cannot get around it within his /64', async () => {
    const mallory = await admitFrom('2001:db8:1:2::1')
    await ban(mallory.visitor.id)
    expect(await signIn({}, '2001:db8:1:2:ffff::9')).toBe('banned')
    expect(await signIn({}, '2001:db8:1:3::1')).toBe('accepted')
  })

  test('[VS15] is welcome in other projects', async () => {
    const mallory = await admitFrom('203.0.113.68')
    await ban(mallory.visitor.id)
    shop = await Shop.open(signet)
    expect(await signIn({}, '203.0.113.68')).toBe('accepted')
  })

  test('[VS15] gets in again when the ban is lifted', async () => {
    const mallory = await admitFrom('203.0.113.69')
    const { id } = await ban(mallory.visitor.id)
    await lift(id)
    expect(await signIn({}, '203.0.113.69')).toBe('accepted')
  })
})

describe('agents', () => {
  test('[VS15] see who is banned, at once, and that he no longer is', async () => {
    const { session, visitor } = await shop.signIn()
    await (await shop.connect(session)).write('Hello')
    const socket = await shop.connectAgent(shop.owner)
    const seen = async () => {
      const { conversation } = await socket.next('conversation')
      return 'visitor' in conversation && conversation.visitor
    }
    const { id } = await ban(visitor.id)
    expect(await seen()).toMatchObject({ banned: true, identity: 'verified_earlier' })
    await lift(id)
    expect(await seen()).toMatchObject({ banned: false })
  })

  test('[VS15][AG7] ban, list and lift whoever’s conversation they see, and nobody else', async () => {
    const [mine, theirs] = [await shop.member('agent'), await shop.member('agent')]
    const { session, visitor } = await shop.signIn()
    const { conversationId } = await (await shop.connect(session)).write('Hello')
    await assign(conversationId, theirs.id)
    const body = { visitorId: visitor.id }
    const key = 'POST /projects/:project/bans'
    expect(await mine.caller.refusal(key, { params: params(), body })).toBe('not_found visitorId')
    const { id } = await ban(visitor.id, theirs)
    expect([(await banned(mine)).bans.length, (await banned(theirs)).bans.length]).toEqual([0, 1])
    expect(await lift(id, mine)).toBe('not_found ban')
    expect(await lift(id, theirs)).toBe('accepted')
  })

  test('[VS15] do not ban who has never written, nor visitors of other projects', async () => {
    const agent = await shop.member('agent')
    const silent = await shop.admit()
    const key = 'POST /projects/:project/bans'
    const asked = (visitorId: string) => ({ params: params(), body: { visitorId } })
    expect(await agent.caller.refusal(key, asked(silent.visitor.id))).toBe('not_found visitorId')
    const other = await Shop.open(signet)
    const foreign = await other.signIn()
    expect(await shop.owner.caller.refusal(key, asked(foreign.visitor.id))).toBe('not_found visitorId')
    expect(await shop.owner.caller.refusal(key, asked(silent.visitor.id))).toBe('accepted')
  })

  test('[SS9][VS15] leave it in the audit log', async () => {
    const { visitor } = await shop.signIn()
    const { id } = await ban(visitor.id)
    await lift(id)
    const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', {
      params: params(),
      query: {},
    })
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'ban_lifted', detail: { id, visitorId: visitor.id } },
      { action: 'visitor_banned', agent: { id: shop.owner.id }, detail: { id, visitorId: visitor.id } },
    ])
  })
})
