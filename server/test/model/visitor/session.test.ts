import { beforeAll, beforeEach, expect, test } from 'vitest'
import { findAtRest } from '../../at-rest.ts'
import { day, hour, minute } from '../../clock.ts'
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

const isOpen = async (session: string) =>
  (await signet.visitor(session).refusal('GET /visitor-session', {})) === 'accepted'
const change = (body: Record<string, unknown>) =>
  shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body })
const signOut = (session: string) => signet.visitor(session).call('DELETE /visitor-session', {})
const reasonOf = async (session: string) => {
  const socket = await signet.open().opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session })
  return (await socket.next('ended')).reason
}

test('[VS1] a token is exchanged for an opaque session of 32 random bytes', async () => {
  const { session } = await shop.signIn()
  expect(Buffer.from(session, 'base64url')).toHaveLength(32)
  expect(await isOpen(session)).toBe(true)
  expect(await isOpen(`${session.slice(0, -1)}${session.endsWith('A') ? 'E' : 'A'}`)).toBe(false)
})

test('[VS1] only its hash is at rest, and the token is kept nowhere', async () => {
  const token = shop.token()
  const { session } = await shop.admit({ token })
  const anonymous = await shop.admit()
  await (await shop.connect(session)).write('Hello')
  const signature = token.split('.')[2] ?? ''
  for (const secret of [session, anonymous.session, signature]) expect(findAtRest(signet.dataDir, secret)).toEqual([])
  const cookie = shop.owner.headers.cookie.replace('signet_agent=', '')
  expect(findAtRest(signet.dataDir, cookie)).toEqual([])
})

test('[VS1] the visitor token itself is no session', async () => {
  const caller = signet.anybody.with({ authorization: `Bearer ${shop.token()}` })
  expect(await caller.refusal('GET /visitor-session', {})).toBe('session_ended')
})

test('[VS1] the answer may be kept by nobody on the way', async () => {
  const made = await signet.anybody.answer('POST /projects/:project/visitor-sessions', {
    params: { project: shop.id },
    body: {},
  })
  expect(made.headers.get('cache-control')).toBe('no-store')
})

test('[VS2] a verified session lasts 12 hours, by the clock', async () => {
  const { session, expiresAt } = await shop.signIn()
  expect(expiresAt - signet.clock.ms).toBe(12 * hour)
  signet.clock.advance(12 * hour - 1)
  expect(await isOpen(session)).toBe(true)
  signet.clock.advance(1)
  expect(await isOpen(session)).toBe(false)
  expect(await reasonOf(session)).toBe('session_expired')
})

test('[VS2] a project sets how long, from 10 minutes to 30 days', async () => {
  await change({ verifiedSessionSeconds: 600 })
  expect((await shop.signIn()).expiresAt - signet.clock.ms).toBe(10 * minute)
  for (const verifiedSessionSeconds of [599, 30 * 86_400 + 1]) {
    const body = { verifiedSessionSeconds }
    const refusal = await shop.owner.caller.refusal('PATCH /projects/:project', { params: { project: shop.id }, body })
    expect(refusal).toBe('invalid_request verifiedSessionSeconds')
  }
})

test('[VS2] no use of a verified session makes it longer; a fresh token does, in place', async () => {
  const { session, expiresAt } = await shop.signIn()
  signet.clock.advance(11 * hour)
  expect((await signet.visitor(session).call('GET /visitor-session', {})).expiresAt).toBe(expiresAt)
  const renewed = await shop.signIn({}, { previousSession: session })
  expect([renewed.session, renewed.expiresAt]).toEqual([session, signet.clock.ms + 12 * hour])
  signet.clock.advance(2 * hour)
  expect(await isOpen(session)).toBe(true)
})

test('[VS2] an anonymous session lasts 180 days from its last use, over HTTP and over the socket', async () => {
  const [overHttp, overSocket, unused] = [await shop.admit(), await shop.admit(), await shop.admit()]
  expect(overHttp.expiresAt - signet.clock.ms).toBe(180 * day)
  signet.clock.advance(179 * day)
  const { expiresAt } = await signet.visitor(overHttp.session).call('GET /visitor-session', {})
  expect(expiresAt - signet.clock.ms).toBe(180 * day)
  await (await shop.connect(overSocket.session)).leave()
  signet.clock.advance(2 * day)
  const open = await Promise.all([overHttp, overSocket, unused].map(({ session }) => isOpen(session)))
  expect(open).toEqual([true, true, false])
})

test('[VS5] another identity ends the old session and gives a new one; its sockets are told', async () => {
  const { session } = await shop.signIn({ external_id: 'a' })
  const socket = await shop.connect(session)
  const next = await shop.signIn({ external_id: 'b' }, { previousSession: session })
  expect(next.session).not.toBe(session)
  expect((await socket.next('ended')).reason).toBe('identity_changed')
  expect(await socket.closed).toBe(4401)
  expect(await isOpen(session)).toBe(false)
  expect(await reasonOf(session)).toBe('identity_changed')
})

test('[VS5] nothing of the previous person is in reach of the next', async () => {
  const { session } = await shop.signIn({ external_id: 'a' })
  const { conversationId } = await (await shop.connect(session)).write('a secret of a')
  const next = await shop.signIn({ external_id: 'b' }, { previousSession: session })
  expect([next.conversations, next.unread]).toEqual([0, 0])
  const socket = await shop.connect(next.session)
  expect(socket.frames.filter((frame) => JSON.stringify(frame).includes('a secret of a'))).toEqual([])
  const read = { params: { conversation: conversationId } }
  expect(await signet.visitor(next.session).refusal('GET /conversations/:conversation', read)).toBe(
    'not_found conversation',
  )
})

test('[VS5] signing in ends the anonymous session of this browser, signing out of an identity the verified one', async () => {
  const anonymous = await shop.admit()
  const verified = await shop.signIn({}, { previousSession: anonymous.session })
  expect(await isOpen(anonymous.session)).toBe(false)
  const nobody = await shop.admit({ previousSession: verified.session })
  expect(await isOpen(verified.session)).toBe(false)
  expect(nobody.visitor).toMatchObject({ externalId: null, verified: false })
})

test('[VS5] an expired token for the very person ends nothing', async () => {
  const { session } = await shop.signIn()
  const token = shop.token({ iat: signet.clock.seconds - 400, exp: signet.clock.seconds - 100 })
  const body = { token, previousSession: session }
  const asked = { params: { project: shop.id }, body }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', asked)).toBe('token_expired')
  expect(await isOpen(session)).toBe(true)
})

test('[VS5] a session of another project that is given as the previous one is left alone', async () => {
  const other = await Shop.open(signet)
  const { session } = await other.signIn()
  const mine = await shop.signIn({}, { previousSession: session })
  expect(mine.session).not.toBe(session)
  expect(await isOpen(session)).toBe(true)
})

test('[VS5] an ended session does not come back to life when it is given as the previous one', async () => {
  const { session } = await shop.signIn()
  await signOut(session)
  const next = await shop.signIn({}, { previousSession: session })
  expect(next.session).not.toBe(session)
  expect(await isOpen(session)).toBe(false)
})

test('[VS6] signing out ends the session on the server, on every socket of it', async () => {
  const { session } = await shop.signIn()
  const other = await shop.signIn()
  const [socket, elsewhere] = [await shop.connect(session), await shop.connect(other.session)]
  await signOut(session)
  expect((await socket.next('ended')).reason).toBe('signed_out')
  expect(await socket.closed).toBe(4401)
  expect(await isOpen(session)).toBe(false)
  expect(await signet.visitor(session).refusal('DELETE /visitor-session', {})).toBe('session_ended')
  expect(await reasonOf(session)).toBe('signed_out')
  expect((await elsewhere.settled()).map((frame) => frame.type)).not.toContain('ended')
})

test('[VS10] required ends anonymous sessions for good and takes no new ones', async () => {
  const [anonymous, verified] = [await shop.admit(), await shop.signIn()]
  const sockets = [await shop.connect(anonymous.session), await shop.connect(verified.session)]
  await change({ enforcement: 'required' })
  expect((await sockets[0]?.next('ended'))?.reason).toBe('authentication_required')
  expect((await sockets[1]?.settled())?.map((frame) => frame.type)).not.toContain('ended')
  expect(await isOpen(anonymous.session)).toBe(false)
  expect(await reasonOf(anonymous.session)).toBe('authentication_required')
  const asked = { params: { project: shop.id }, body: {} }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', asked)).toBe(
    'authentication_required',
  )
  expect(await isOpen(verified.session)).toBe(true)
})

test('[VS10] an anonymous sign-in that crosses the switch to required does not slip through', async () => {
  await shop.signIn()
  const { database } = signet.app.model
  const { transaction } = database
  database.transaction = async (turn) => {
    database.transaction = transaction
    await change({ enforcement: 'required' })
    return transaction(turn)
  }
  const asked = { params: { project: shop.id }, body: {} }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', asked)).toBe(
    'authentication_required',
  )
})
