/** Anonymous, then signed in (VS7), as browsers see it. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour } from '../../clock.ts'
import { Shop, Signet } from '../../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 10_000 } })
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const policy = (anonymousCarryOver: 'always' | 'ask' | 'never') =>
  shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body: { anonymousCarryOver } })

/** A browser on which somebody has written before anybody signed in. */
async function writtenBefore(...texts: string[]) {
  const { session, visitor } = await shop.admit()
  const socket = await shop.connect(session)
  const conversationId = (await socket.write(texts[0] ?? 'A secret of A')).conversationId
  for (const text of texts.slice(1)) await socket.write(text, conversationId)
  return { session, visitor, socket, conversationId }
}

const ofAgent = (text: string, conversation: string) =>
  shop.owner.caller.call('POST /conversations/:conversation/messages', {
    params: { conversation },
    body: { clientId: crypto.randomUUID(), text },
  })
const answer = (session: string, keep: boolean) =>
  signet.visitor(session).call('POST /visitor-session/carry-over', { body: { keep } })
const stateOf = (session: string) => signet.visitor(session).call('GET /visitor-session', {})
const textsOf = async (session: string, conversation: string) =>
  (
    await signet.visitor(session).call('GET /conversations/:conversation/messages', {
      params: { conversation },
      query: {},
    })
  ).messages.map(({ text }) => text)

/** Everything that this session can get at, over HTTP and the socket, from the beginning of the log. */
async function allThatIsSeen(session: string, conversation: string): Promise<string> {
  const by = signet.visitor(session)
  const params = { conversation }
  const answers = await Promise.all([
    by.send('GET', '/api/v1/visitor-session'),
    by.send('GET', `/api/v1/projects/${shop.id}/conversations`),
    by.send('GET', `/api/v1/projects/${shop.id}/conversations?text=secret`),
    by.send('GET', `/api/v1/conversations/${params.conversation}`),
    by.send('GET', `/api/v1/conversations/${params.conversation}/messages`),
    by.send('GET', `/api/v1/conversations/${params.conversation}/export`),
  ])
  const bodies = await Promise.all(answers.map((response) => response.text()))
  const { epoch } = await signet.app.model.database.read
    .selectFrom('installation')
    .select('epoch')
    .executeTakeFirstOrThrow()
  const sockets = [await shop.connect(session), await shop.connect(session, `${epoch}.0`)]
  const frames = await Promise.all(sockets.map((socket) => socket.settled().then(() => socket.frames)))
  return JSON.stringify([bodies, frames])
}

describe('the policies', () => {
  test('[VS7] always: what was written moves with the sign-in, and its agent answer is unread', async () => {
    await policy('always')
    const before = await writtenBefore('first', 'second')
    await ofAgent('an answer', before.conversationId)
    const signedIn = await shop.signIn({}, { previousSession: before.session })
    expect(signedIn).toMatchObject({ conversations: 1, unread: 1, carryOver: null })
    expect(await textsOf(signedIn.session, before.conversationId)).toEqual(['first', 'second', 'an answer'])
    expect((await before.socket.next('ended')).reason).toBe('identity_changed')
  })

  test('[VS7] never: it stays where it is, and nobody is asked', async () => {
    await policy('never')
    const before = await writtenBefore()
    const signedIn = await shop.signIn({}, { previousSession: before.session })
    expect(signedIn).toMatchObject({ conversations: 0, unread: 0, carryOver: null })
    expect(await answer(signedIn.session, true)).toEqual({ conversations: 0, unread: 0 })
    expect(await allThatIsSeen(signedIn.session, before.conversationId)).not.toContain('secret of A')
  })

  test('[VS7] ask: the offer says how many, survives a reload and a renewal, and moves them when kept', async () => {
    const before = await writtenBefore('first')
    await before.socket.write('another')
    await ofAgent('an answer', before.conversationId)
    const signedIn = await shop.signIn({}, { previousSession: before.session })
    expect(signedIn).toMatchObject({ conversations: 0, unread: 0, carryOver: { conversations: 2 } })
    expect((await stateOf(signedIn.session)).carryOver).toEqual({ conversations: 2 })
    const renewed = await shop.signIn({}, { previousSession: signedIn.session })
    expect(renewed).toMatchObject({ session: signedIn.session, carryOver: { conversations: 2 } })
    expect(await answer(signedIn.session, true)).toEqual({ conversations: 2, unread: 1 })
    expect(await stateOf(signedIn.session)).toMatchObject({ conversations: 2, unread: 1, carryOver: null })
    expect(await textsOf(signedIn.session, before.conversationId)).toEqual(['first', 'an answer'])
  })

  test('[VS7] ask, and left: the offer is gone for good', async () => {
    const before = await writtenBefore()
    const { session } = await shop.signIn({}, { previousSession: before.session })
    expect(await answer(session, false)).toEqual({ conversations: 0, unread: 0 })
    expect(await answer(session, true)).toEqual({ conversations: 0, unread: 0 })
    expect((await stateOf(session)).carryOver).toBe(null)
    expect(await allThatIsSeen(session, before.conversationId)).not.toContain('secret of A')
  })

  test('[VS7] the first answer counts: kept, it stays kept', async () => {
    const before = await writtenBefore()
    const { session } = await shop.signIn({}, { previousSession: before.session })
    const answers = await Promise.all([true, true, false].map((keep) => answer(session, keep)))
    expect(answers.at(-1)).toEqual({ conversations: 1, unread: 0 })
    expect(await answer(session, false)).toEqual({ conversations: 1, unread: 0 })
    expect(await textsOf(session, before.conversationId)).toEqual(['A secret of A'])
  })

  test('[VS7] nothing is offered where nothing was written', async () => {
    const { session } = await shop.admit()
    expect((await shop.signIn({}, { previousSession: session })).carryOver).toBe(null)
  })

  test('[VS7] a project that changes its mind to never takes its offers back', async () => {
    const before = await writtenBefore()
    const { session } = await shop.signIn({}, { previousSession: before.session })
    await policy('never')
    expect((await stateOf(session)).carryOver).toBe(null)
    expect(await answer(session, true)).toEqual({ conversations: 0, unread: 0 })
  })
})

describe('a shared computer', () => {
  test('[VS7][VS5] A writes anonymously, B signs in: unasked, not a word of A’s is in B’s reach', async () => {
    const before = await writtenBefore()
    await ofAgent('A secret for A', before.conversationId)
    const b = await shop.signIn({ external_id: 'b' }, { previousSession: before.session })
    expect(b).toMatchObject({ conversations: 0, unread: 0 })
    expect(await allThatIsSeen(b.session, before.conversationId)).not.toMatch(/secret (of|for) A/i)
  })

  test('[VS7][VS5] the anonymous session ends in any case, so nobody else reads on with it', async () => {
    for (const kind of ['always', 'ask', 'never'] as const) {
      await policy(kind)
      const before = await writtenBefore()
      await shop.signIn({ external_id: kind }, { previousSession: before.session })
      expect(await signet.visitor(before.session).refusal('GET /visitor-session', {})).toBe('session_ended')
    }
  })

  test('[VS7] B does not answer, C signs in: what A wrote is offered to nobody but B', async () => {
    const before = await writtenBefore()
    const b = await shop.signIn({ external_id: 'b' }, { previousSession: before.session })
    const c = await shop.signIn({ external_id: 'c' }, { previousSession: b.session })
    expect(c.carryOver).toBe(null)
    const again = await shop.signIn({ external_id: 'c' }, { previousSession: before.session })
    expect(again.carryOver).toBe(null)
    expect(await answer(c.session, true)).toEqual({ conversations: 0, unread: 0 })
    expect(await allThatIsSeen(c.session, before.conversationId)).not.toContain('secret of A')
  })

  test('[VS7] a conversation that belongs to an identity is never offered to another', async () => {
    await policy('always')
    const a = await shop.signIn({ external_id: 'a' })
    const { conversationId } = await (await shop.connect(a.session)).write('A secret of A')
    const b = await shop.signIn({ external_id: 'b' }, { previousSession: a.session })
    expect(b).toMatchObject({ conversations: 0, carryOver: null })
    expect(await allThatIsSeen(b.session, conversationId)).not.toContain('secret of A')
  })

  test('[VS7] an anonymous session of another project is nothing to carry over', async () => {
    const other = await Shop.open(signet)
    const { session } = await other.admit()
    await (await other.connect(session)).write('A secret of A')
    expect((await shop.signIn({}, { previousSession: session })).carryOver).toBe(null)
  })
})

describe('the offer', () => {
  test('[VS7] is still there when the answer to the sign-in got lost, once', async () => {
    const before = await writtenBefore()
    const lost = await shop.signIn({}, { previousSession: before.session })
    const second = await shop.signIn({}, { previousSession: before.session })
    expect(second.carryOver).toEqual({ conversations: 1 })
    expect((await stateOf(lost.session)).carryOver).toBe(null)
  })

  test('[VS7] is still there for the same person after the session ran out', async () => {
    const before = await writtenBefore()
    const first = await shop.signIn({}, { previousSession: before.session })
    signet.clock.advance(13 * hour)
    const next = await shop.signIn({}, { previousSession: first.session })
    expect(next.session).not.toBe(first.session)
    expect(next.carryOver).toEqual({ conversations: 1 })
    const other = await shop.signIn({ external_id: 'other' }, { previousSession: first.session })
    expect(other.carryOver).toBe(null)
  })

  test('[VS7][VS15] is void when the anonymous visitor is banned', async () => {
    const before = await writtenBefore()
    const { session } = await shop.signIn({}, { previousSession: before.session })
    await shop.owner.caller.call('POST /projects/:project/bans', {
      params: { project: shop.id },
      body: { visitorId: before.visitor.id },
    })
    expect((await stateOf(session)).carryOver).toBe(null)
    expect(await answer(session, true)).toEqual({ conversations: 0, unread: 0 })
  })

  test('[VS7] is nothing to an anonymous session, and an answer of one changes nothing', async () => {
    const before = await writtenBefore()
    expect((await stateOf(before.session)).carryOver).toBe(null)
    expect(await answer(before.session, true)).toEqual({ conversations: 1, unread: 0 })
  })
})

describe('what has moved', () => {
  test('[VS7][VS9] stays marked as written before the sign-in; what is written now is verified', async () => {
    const before = await writtenBefore()
    const { session, visitor } = await shop.signIn({}, { previousSession: before.session })
    await answer(session, true)
    const socket = await shop.connect(session)
    await socket.write('as Grace', before.conversationId)
    const { messages } = await shop.owner.caller.call('GET /conversations/:conversation/messages', {
      params: { conversation: before.conversationId },
      query: {},
    })
    expect(messages.map(({ author, verification }) => [author.id, verification === null])).toEqual([
      [before.visitor.id, true],
      [visitor.id, false],
    ])
  })

  test('[VS7][DL4] comes whole to his open sockets and anew to agents, as numbered changes', async () => {
    const before = await writtenBefore('first', 'second')
    const { session, visitor } = await shop.signIn({}, { previousSession: before.session })
    const [own, agent] = [await shop.connect(session), await shop.connectAgent(shop.owner)]
    await answer(session, true)
    const gained = await own.next('conversation')
    expect(gained.conversation.id).toBe(before.conversationId)
    expect(gained.messages?.map(({ text }) => text)).toEqual(['first', 'second'])
    const told = await agent.next('conversation')
    expect('visitor' in told.conversation && told.conversation.visitor).toMatchObject({
      id: visitor.id,
      identity: 'verified',
    })
    expect([gained.cursor, told.messages]).toEqual([told.cursor, undefined])
  })

  test('[VS7][DL4] comes once, without notes, to who was away', async () => {
    const before = await writtenBefore('first')
    const { session } = await shop.signIn({}, { previousSession: before.session })
    const away = await shop.connect(session)
    const { cursor } = away
    await away.leave()
    await shop.owner.caller.call('POST /conversations/:conversation/messages', {
      params: { conversation: before.conversationId },
      body: { clientId: crypto.randomUUID(), text: 'a note', kind: 'note' },
    })
    await ofAgent('second', before.conversationId)
    await answer(session, true)
    await ofAgent('third', before.conversationId)
    const back = await shop.connect(session, cursor)
    await back.next('message', ({ message }) => message.text === 'third')
    const got = back.frames.flatMap((frame) => {
      if (frame.type === 'message') return frame.message.text
      return frame.type === 'conversation' ? `whole: ${frame.messages?.map(({ text }) => text)}` : []
    })
    expect(got).toEqual(['whole: first,second', 'third'])
  })

  test('[DL1] gives back what is stored to whoever has taken it over, and to nobody else', async () => {
    const { session: anonymous } = await shop.admit()
    const clientId = crypto.randomUUID()
    const { id, conversationId } = await (await shop.connect(anonymous)).write('typed before', undefined, clientId)
    const { session } = await shop.signIn({}, { previousSession: anonymous })
    const socket = await shop.connect(session)
    socket.say({ type: 'send', clientId, text: 'typed before' })
    expect((await socket.next('error')).code).toBe('client_id_conflict')
    await answer(session, true)
    expect((await socket.write('typed before', undefined, clientId)).id).toBe(id)
    expect((await socket.write('typed before', conversationId, clientId)).id).toBe(id)
    const stranger = await shop.connect((await shop.signIn({ external_id: 'stranger' })).session)
    stranger.say({ type: 'send', clientId, text: 'typed before' })
    expect((await stranger.next('error')).code).toBe('client_id_conflict')
  })
})
