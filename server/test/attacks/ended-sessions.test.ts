/** A session that is over, in the hands of somebody who kept a copy of it: however it ended, no door opens to it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'

const hour = 3_600_000

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

interface Stolen {
  session: string
  visitorId: string
  conversationId: string
  cursor: string
}

/** How it ended, and what whoever comes back with it is told. */
const endings: [string, string, (stolen: Stolen) => Promise<unknown>][] = [
  ['its owner signed out', 'signed_out', ({ session }) => signet.visitor(session).call('DELETE /visitor-session', {})],
  [
    'the site signed the person out everywhere',
    'signed_out',
    async () => {
      const body = { name: 'Backend', scopes: ['visitors:sign_out' as const] }
      const { key } = await shop.owner.caller.call('POST /projects/:project/api-keys', { params, body })
      await signet.anybody
        .with({ authorization: `Bearer ${key}` })
        .call('DELETE /projects/:project/visitor-sessions', { params, query: { externalId: 'customer-1' } })
    },
  ],
  ['its secret was revoked', 'secret_revoked', () => shop.generate({ previous: 'revoke' })],
  [
    'its owner was banned',
    'banned',
    ({ visitorId }) => shop.owner.caller.call('POST /projects/:project/bans', { params, body: { visitorId } }),
  ],
  [
    'somebody else signed in on the browser',
    'identity_changed',
    ({ session }) => shop.signIn({ external_id: 'somebody-else' }, { previousSession: session }),
  ],
  [
    'its owner went on as nobody in particular',
    'identity_changed',
    ({ session }) => shop.admit({ previousSession: session }),
  ],
  ['its time ran out', 'session_expired', async () => signet.clock.advance(13 * hour)],
]

let params: { project: string }

describe.each(endings)('after %s', (_how, reason, end) => {
  let stolen: Stolen

  beforeAll(async () => {
    shop = await Shop.open(signet)
    params = { project: shop.id }
    const { session, visitor } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId } = await socket.write('for the shop alone')
    await socket.settled()
    stolen = { session, visitorId: visitor.id, conversationId, cursor: socket.cursor }
    await end(stolen)
  })

  const conversation = () => ({ params: { conversation: stolen.conversationId } })

  test('[VS1][VS6] no endpoint takes it', async () => {
    const thief = signet.visitor(stolen.session)
    const clientId = crypto.randomUUID()
    const refusals = [
      await thief.refusal('GET /visitor-session', {}),
      await thief.refusal('PATCH /visitor-session', { body: { name: 'Thief' } }),
      await thief.refusal('POST /visitor-session/carry-over', { body: { keep: true } }),
      await thief.refusal('DELETE /visitor-session', {}),
      await thief.refusal('GET /projects/:project/conversations', { params, query: {} }),
      await thief.refusal('GET /conversations/:conversation', conversation()),
      await thief.refusal('GET /conversations/:conversation/messages', { ...conversation(), query: {} }),
      await thief.refusal('GET /conversations/:conversation/export', { ...conversation(), query: {} }),
      await thief.refusal('POST /conversations/:conversation/messages', {
        ...conversation(),
        body: { clientId, text: 'I am not he' },
      }),
    ]
    // Who is banned is told so by every door; of everything else only the socket says more.
    expect(new Set(refusals)).toEqual(new Set([reason === 'banned' ? 'banned' : 'session_ended']))
  })

  test('[VS16][DL4] the socket tells why, closes, and gives nothing of what was missed', async () => {
    const socket = await signet.open().opened()
    socket.say({ type: 'hello', v: 1, project: shop.id, session: stolen.session, cursor: stolen.cursor })
    socket.say({ type: 'send', clientId: crypto.randomUUID(), conversationId: stolen.conversationId, text: 'Hello?' })
    expect(await socket.closed).toBe(4401)
    expect(socket.frames).toMatchObject([{ type: 'ended', reason }])
  })

  test('[VS5] it is no way into another session', async () => {
    const before = await shop.admit({ previousSession: stolen.session })
    expect(before.visitor.id).not.toBe(stolen.visitorId)
    expect([before.conversations, before.unread, before.carryOver ?? null]).toEqual([0, 0, null])
    const signedIn = await shop.signIn({ external_id: 'the-thief' }, { previousSession: stolen.session })
    expect(signedIn.session).not.toBe(stolen.session)
    expect(signedIn).toMatchObject({ conversations: 0, unread: 0, visitor: { externalId: 'the-thief' } })
    expect(signedIn.carryOver ?? null).toBeNull()
  })
})
