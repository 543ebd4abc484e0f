import { expect, test } from 'vitest'
import { type ConnectionOptions, createConnection } from '../../client/connection.ts'
import { fakeClock } from '../../client/test/fake-clock.ts'
import { fakeNetwork } from '../../client/test/fake-socket.ts'
import { conversationId, message, welcome } from '../../client/test/records.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import { atom } from '../atom.ts'
import type { Core } from '../core.ts'
import { createEvents } from '../events.ts'
import { createLive } from '../live.ts'
import { defaults } from '../settings.ts'
import type { Who } from '../who.ts'

const visitor = { id: 'v1', externalId: 'ada', name: 'Ada', email: null, verified: true }
const ada: Who = { state: 'verified', owner: 'v1', session: 's1', visitor, expiresAt: 0, conversations: 1, unread: 0 }

function setUp(now: Who = ada) {
  const network = fakeNetwork()
  const events = createEvents(new EventTarget(), 'https://chat.test')
  const who = atom<Who>(now)
  const ended: string[] = []
  // A double: of the core only what the connection needs.
  const core = {
    base: 'https://chat.test',
    settings: { ...defaults, projectid: 'p1' },
    events,
    unread: atom(0),
    isOpen: atom(false),
    session: { who, ended: ({ code }: { code: string }) => ended.push(code) },
  } as unknown as Core
  const options = { clock: fakeClock(), openSocket: network.openSocket, wake: () => () => {} }
  const live = createLive(core, (given: ConnectionOptions) => createConnection({ ...given, ...options }))
  return { live, network, who, core, events, ended }
}

test('connects with the session of whoever is here', () => {
  const { network } = setUp()
  expect(network.last().url).toBe('wss://chat.test/live')
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ type: 'hello', project: 'p1', session: 's1' })
})

test('[WG3] opens no socket for somebody without a session', () => {
  const { network } = setUp({ state: 'guest', owner: 'g1', conversations: 0, unread: 0 })
  expect(network.sockets).toEqual([])
})

test('[VS5] hangs up as soon as somebody else is meant, and forgets what it heard', () => {
  const { network, who, live } = setUp()
  network.last().open()
  network.last().say(welcome())
  network.last().say({ type: 'message', message: message({ text: 'for ada alone' }), cursor: 'e.2' })
  who.set({ state: 'unknown' })
  expect(network.last().closed).toBe(true)
  const heard: ServerFrame[] = []
  live.attach((frame) => heard.push(frame))
  expect(heard).toEqual([])
})

test('the same session under a fresh token keeps the connection', () => {
  const { network, who } = setUp()
  who.set({ ...ada, expiresAt: 1 })
  expect(network.sockets.length).toBe(1)
})

test('a panel that comes later hears everything since the last welcome', () => {
  const { network, live } = setUp()
  network.last().open()
  network.last().say(welcome())
  network.last().say({ type: 'message', message: message({}), cursor: 'e.2' })
  const heard: string[] = []
  live.attach((frame) => heard.push(frame.type))
  network.last().say({ type: 'gone', conversationId, cursor: 'e.3' })
  expect(heard).toEqual(['welcome', 'message', 'gone'])
})

test('counts what agents say until it is read, on whatever device', () => {
  const { network, core } = setUp()
  network.last().open()
  network.last().say(welcome())
  network.last().say({ type: 'message', message: message({}), cursor: 'e.2' })
  network.last().say({ type: 'message', message: message({ author: { kind: 'visitor', id: 'v1', name: null } }) })
  expect(core.unread.get()).toBe(1)
  network.last().say({ type: 'read', conversationId, reader: 'visitor', seq: 1 })
  expect(core.unread.get()).toBe(0)
})

test('[WG2] tells the page of each message', () => {
  const { network, events } = setUp()
  const heard: unknown[] = []
  events.on('onMessageCreated', (event: CustomEvent) => heard.push(event.detail.message.text))
  network.last().open()
  network.last().say(welcome())
  network.last().say({ type: 'message', message: message({ text: 'Hello' }), cursor: 'e.2' })
  expect(heard).toEqual(['Hello'])
})

test('[SS6] an end is passed on with its reason, a silent one too', () => {
  const { network, ended } = setUp()
  network.last().open()
  network.last().say({ type: 'ended', reason: 'secret_revoked', message: '' })
  expect(ended[0]).toBe('secret_revoked')
  const other = setUp()
  other.network.last().drop(4401)
  expect(other.ended).toEqual(['session_unknown'])
})

/** What a bot has learned of a guest comes beside its next message. */
function bot(now: Who, attributes: Record<string, unknown>, kind: 'agent' | 'visitor' = 'agent') {
  const told: unknown[] = []
  const kept: Record<string, unknown> = {}
  const { network, core } = setUp(now)
  Object.assign(core, {
    shelf: { set: (name: string, value: unknown) => Object.assign(kept, { [name]: value }) },
    setParameter: (name: string, value: unknown) => Object.assign(core.settings, { [name]: value }),
    call: async (key: string, input: unknown) => told.push([key, input]),
  })
  network.last().open()
  network.last().say(welcome())
  const author = { kind, id: null, name: 'Tea bot' }
  network.last().say({ type: 'message', message: message({ text: 'Thanks', author, attributes }), cursor: 'e.2' })
  return { told, kept, core }
}

const guest: Who = { state: 'guest', owner: 'g1', session: 's1', conversations: 1, unread: 0 }

test('[WG2] a bot says what a guest told it of himself, and the server hears of it', async () => {
  const { told, kept, core } = bot(guest, { updateUserFullname: ' Ida ', updateUserEmail: 'ida@halden.example' })
  await expect
    .poll(() => told)
    .toEqual([['PATCH /visitor-session', { body: { name: 'Ida', email: 'ida@halden.example' } }]])
  expect(core.settings).toMatchObject({ userFullname: 'Ida', userEmail: 'ida@halden.example' })
  expect(kept).toEqual({ claims: { userFullname: 'Ida', userEmail: 'ida@halden.example' } })
})

test('[VS9] nobody says who a person is for whom the site vouches, and nobody but a bot or an agent says it at all', async () => {
  const own = { updateUserFullname: 'Mallory' }
  const all = [bot(ada, own), bot(guest, own, 'visitor'), bot(guest, { updateUserFullname: 7, updateUserEmail: '' })]
  await import('../update-user.ts')
  await Promise.resolve()
  for (const { told, kept } of all) expect([told, kept]).toEqual([[], {}])
})
