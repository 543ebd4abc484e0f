import { beforeEach, expect, test, vi } from 'vitest'
import { day, hour, minute } from '../clock.ts'
import { RawSocket } from '../raw-socket.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  // The sweep and the security poll, by hand.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return async () => {
    await signet.stop()
    vi.useRealTimers()
  }
})

const sweep = () => vi.advanceTimersByTime(5000)
const messages = () => signet.app.model.database.rows<{ text: string }>('select text from messages', [])
const frame = (value: object) => JSON.stringify(value)
const revoke = () =>
  shop.owner.caller.call('POST /projects/:project/shared-secrets/:key/revoke', {
    params: { project: shop.id, key: shop.keyId },
  })

test('[SS6] who does not answer the closing of his connection can say nothing more on it', async () => {
  const { session } = await shop.signIn()
  const raw = await RawSocket.open(signet.url)
  raw.say(frame({ type: 'hello', v: 1, project: shop.id, session }))
  await raw.hears('"welcome"')
  raw.say(frame({ type: 'send', clientId: crypto.randomUUID(), text: 'before' }))
  await raw.hears('"ack"')
  const watcher = await shop.connectAgent(shop.owner)
  await revoke()
  await raw.hears('secret_revoked')
  const conversationId = watcher.frames.flatMap((one) => (one.type === 'welcome' ? one.conversations : []))[0]?.id
  raw.say(frame({ type: 'send', clientId: crypto.randomUUID(), text: 'after' }))
  raw.say(frame({ type: 'typing', conversationId }))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await messages()).map(({ text }) => text)).toEqual(['before'])
  expect((await watcher.settled()).map(({ type }) => type)).not.toContain('typing')
  raw.net.destroy()
})

test('[SS6] who is signed out while he is admitted is not let in', async () => {
  const { session } = await shop.signIn()
  const { database } = signet.app.model
  const { rows } = database
  let once = true
  database.rows = async (sql, parameters) => {
    const found = await rows<never>(sql, parameters)
    // Admitted, and not yet among those whom a revocation finds.
    if (once && sql.includes('from visitor_sessions s')) {
      once = false
      await revoke()
    }
    return found
  }
  const socket = await signet.open().opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session })
  expect((await socket.next('ended')).reason).toBe('secret_revoked')
  expect(await socket.closed).toBe(4401)
  expect(socket.frames.map(({ type }) => type)).not.toContain('welcome')
})

test('[AG7] whose role changes while he is admitted has the new one', async () => {
  const agent = await shop.member('admin')
  const { database } = signet.app.model
  const { rows } = database
  let once = true
  const path = { params: { project: shop.id, agent: agent.id } }
  database.rows = async (sql, parameters) => {
    const found = await rows<never>(sql, parameters)
    if (once && sql.includes('select m.role') && parameters[1] === agent.id) {
      once = false
      await shop.owner.caller.call('PATCH /projects/:project/members/:agent', { ...path, body: { role: 'agent' } })
    }
    return found
  }
  const socket = await shop.connectAgent(agent)
  const [welcome] = socket.frames.filter((one) => one.type === 'welcome')
  expect(welcome?.type === 'welcome' && welcome.self).toMatchObject({ role: 'agent' })
})

test('[VS2] a session that runs out ends its connection, by the clock', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  for (let step = 0; step < 12 * 2; step++) {
    signet.clock.advance(hour / 2 - (step === 23 ? 1 : 0))
    await socket.settled()
    sweep()
  }
  await socket.settled()
  signet.clock.advance(1)
  sweep()
  expect((await socket.next('ended')).reason).toBe('session_expired')
  expect(await socket.closed).toBe(4401)
})

test('[HT2] an agent’s session that runs out after 14 days ends his connection', async () => {
  const socket = await shop.connectAgent(await shop.member('agent'))
  signet.clock.advance(14 * day - 1)
  await socket.settled()
  sweep()
  expect((await socket.settled()).map(({ type }) => type)).not.toContain('ended')
  signet.clock.advance(1)
  sweep()
  expect((await socket.next('ended')).reason).toBe('session_expired')
  expect(await socket.closed).toBe(4401)
})

test('[VS2] what a project sets holds for open connections, too', async () => {
  const body = { verifiedSessionSeconds: 600 }
  await shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body })
  const socket = await shop.connect((await shop.signIn()).session)
  signet.clock.advance(10 * minute)
  sweep()
  expect((await socket.next('ended')).reason).toBe('session_expired')
})

test('[VS2] a renewed session keeps its connection past the old end', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  signet.clock.advance(11 * hour)
  await shop.signIn({}, { previousSession: session })
  await socket.settled()
  signet.clock.advance(2 * hour)
  await socket.settled()
  sweep()
  expect((await socket.settled()).map(({ type }) => type)).not.toContain('ended')
})

test('who is silent for longer than his pings would be is let go', async () => {
  const [silent, alive] = [
    await shop.connect((await shop.signIn()).session),
    await shop.connect((await shop.signIn()).session),
  ]
  signet.clock.advance(49_000)
  sweep()
  await alive.settled()
  signet.clock.advance(minute - 49_000)
  sweep()
  expect(await silent.closed).toBe(1006)
  await alive.settled()
})

test('[VS16] whoever may be concerned comes in anew when the database cannot tell whom a change concerns', async () => {
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  const { database } = signet.app.model
  const { rows } = database
  database.rows = async (sql, parameters) => {
    if (sql.startsWith('select s.*') && sql.endsWith('where s.id = ?')) throw new Error('The database does not answer.')
    return rows<never>(sql, parameters)
  }
  await shop.generate({ previous: 'keep' })
  await shop.signIn({}, { previousSession: session })
  // It stands under the new secret, and this connection would not be found by its revocation.
  expect(await socket.closed).toBe(1011)
  database.rows = rows
})
