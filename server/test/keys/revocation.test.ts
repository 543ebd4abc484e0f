import { beforeAll, beforeEach, expect, test } from 'vitest'
import { securityPollMs } from '../../model/security.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const revoke = (id = shop.keyId) =>
  shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', {
    params: { project: shop.id, key: id },
  })

test('[SS6] ends each session of the key: its sockets are told why and closed', async () => {
  const { session } = await shop.signIn()
  const [one, two] = [await shop.connect(session), await shop.connect(session)]
  await revoke()
  for (const socket of [one, two]) {
    const { reason, message } = await socket.next('ended')
    expect([reason, message]).toEqual(['secret_revoked', 'The site renewed its secret. Sign in again.'])
    expect(await socket.closed).toBe(4401)
  }
})

test('[SS6] ends it over HTTP too, and for who comes back with it', async () => {
  const { session } = await shop.signIn()
  await revoke()
  expect(await signet.visitor(session).refusal('GET /visitor-session', {})).toBe('session_ended')
  const socket = await signet.open().opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session })
  expect((await socket.next('ended')).reason).toBe('secret_revoked')
  expect(await socket.closed).toBe(4401)
})

test('[SS6] refuses tokens under the key from then on, and lets in under the new one', async () => {
  const [secret, token] = [shop.secret, shop.token()]
  expect((await shop.admit({ token })).visitor.verified).toBe(true)
  await shop.generate({ previous: 'revoke' })
  const admit = (body: { token: string }) =>
    signet.anybody.refusal('POST /projects/:project/visitor-sessions', { params: { project: shop.id }, body })
  expect(await admit({ token })).toBe('secret_revoked')
  expect(await admit({ token: signToken(secret, signet.clock) })).toBe('secret_revoked')
  expect((await shop.signIn()).visitor.verified).toBe(true)
})

test('[SS6] spares the sessions of other keys, and anonymous ones', async () => {
  const first = shop.keyId
  const signedOut = await shop.connect((await shop.signIn({ external_id: 'a' })).session)
  await shop.generate({ previous: 'keep' })
  const spared = [
    await shop.connect((await shop.signIn({ external_id: 'b' })).session),
    await shop.connect((await shop.admit()).session),
    await shop.connectAgent(shop.owner),
  ]
  await revoke(first)
  expect(await signedOut.closed).toBe(4401)
  for (const socket of spared) expect((await socket.settled()).map((frame) => frame.type)).not.toContain('ended')
})

test('[SS6] spares a session that was renewed under another key in the same moment', async () => {
  const first = shop.keyId
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  await shop.generate({ previous: 'keep' })
  await Promise.all([shop.signIn({}, { previousSession: session }), settled(), revoke(first)])
  const { visitor } = await signet
    .visitor(session)
    .call('GET /visitor-session', {})
    .catch(() => ({ visitor: undefined }))
  const frames = (await Promise.race([socket.settled(), socket.closed.then(() => socket.frames)])).map(
    ({ type }) => type,
  )
  expect(frames.includes('ended')).toBe(visitor === undefined)
})

test('[SS6] a renewal and a revocation that are committed together leave the socket as the session is', async () => {
  const first = shop.keyId
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  await shop.generate({ previous: 'keep' })
  // Both are in the log before anybody reads it, as they are for a node that polls.
  const { bus } = signet.app.model
  const publish = bus.publish
  bus.publish = () => {}
  await shop.signIn({}, { previousSession: session })
  await revoke(first)
  bus.publish = publish
  bus.publish('security', 0)
  expect((await socket.settled()).map((frame) => frame.type)).not.toContain('ended')
  expect((await signet.visitor(session).call('GET /visitor-session', {})).visitor.verified).toBe(true)
})

test('[SS6] who was renewed into a key and then revoked with it is told that the secret was', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  await shop.generate({ previous: 'keep' })
  const { bus } = signet.app.model
  const publish = bus.publish
  bus.publish = () => {}
  await shop.signIn({}, { previousSession: session })
  await revoke()
  bus.publish = publish
  bus.publish('security', 0)
  expect((await socket.next('ended')).reason).toBe('secret_revoked')
})

test('[SS6] a token that verified just before the revocation opens no session after it', async () => {
  const { model } = signet.app
  const token = shop.token()
  // The moment between verifying and storing: the door is busy, and the revocation stands before the sign-in.
  const candidates = model.keys.candidates.bind(model.keys)
  model.keys.candidates = async (...asked) => {
    const found = await candidates(...asked)
    model.keys.candidates = candidates
    await revoke()
    return found
  }
  const admit = { params: { project: shop.id }, body: { token } }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', admit)).toBe('secret_revoked')
  expect(await model.database.rows(openSessions, [shop.id])).toEqual([])
})

test('[SS6] what was written in the moment of a revocation is stored once and can be sent again', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  const clientId = crypto.randomUUID()
  socket.say({ type: 'send', clientId, text: 'in the last moment' })
  await Promise.all([revoke(), socket.closed])
  await shop.generate({})
  const back = await shop.connect((await shop.signIn()).session)
  const message = await back.write('in the last moment', undefined, clientId)
  const rows = await signet.app.model.database.rows('select id from messages where project_id = ?', [shop.id])
  expect(rows).toEqual([{ id: message.id }])
})

test('[SS6][VS9] a visitor is verified no longer once the last session that a live key opened is over', async () => {
  const first = shop.keyId
  const external = { external_id: 'with-two-browsers' }
  const socket = await shop.connect((await shop.signIn(external)).session)
  const { conversationId: conversation } = await socket.write('Hello')
  await shop.generate({ previous: 'keep' })
  const second = await shop.signIn(external)
  const identity = async () => {
    const found = await shop.owner.caller.call('GET /conversations/:conversation', { params: { conversation } })
    return 'visitor' in found ? found.visitor.identity : undefined
  }
  await signet.visitor(second.session).call('DELETE /visitor-session', {})
  expect(await identity()).toBe('verified')
  await revoke(first)
  expect(await identity()).toBe('verified_earlier')
})

test('[SS6][VS9] agents see at once that a visitor is verified no longer', async () => {
  const agent = await shop.connectAgent(await shop.member('agent'))
  const visitor = await shop.connect((await shop.signIn()).session)
  await visitor.write('Hello')
  await agent.next('message')
  await revoke()
  const { conversation } = await agent.next('conversation', (frame) => 'visitor' in frame.conversation)
  expect('visitor' in conversation && conversation.visitor.identity).toBe('verified_earlier')
})

const openSessions = 'select id from visitor_sessions where project_id = ? and ended_at is null'
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('[VS16] the counter is read often enough to keep the promise of a second', () => {
  expect(securityPollMs).toBeLessThanOrEqual(300)
})
