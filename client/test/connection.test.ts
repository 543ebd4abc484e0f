import { expect, test } from 'vitest'
import type { ServerFrame } from '../../protocol/frames.ts'
import { closeCodes } from '../../protocol/limits.ts'
import { createConnection } from '../connection.ts'
import { fakeClock } from './fake-clock.ts'
import { fakeNetwork } from './fake-socket.ts'
import { conversationId, message, welcome } from './records.ts'

function setUp({ random = (): number => 1, onFrame = (_: ServerFrame) => {} } = {}) {
  const page = { hidden: false }
  const clock = fakeClock()
  const network = fakeNetwork()
  const frames: ServerFrame[] = []
  let wakeUp = () => {}
  const connection = createConnection({
    url: 'wss://chat.test/live',
    hello: () => ({ project: 'p1', session: 's1' }),
    onFrame(frame) {
      frames.push(frame)
      onFrame(frame)
    },
    clock,
    random,
    openSocket: network.openSocket,
    hidden: () => page.hidden,
    wake(listener) {
      wakeUp = listener
      return () => {
        wakeUp = () => {}
      }
    },
  })
  const open = (given = {}) => {
    network.last().open()
    network.last().say(welcome(given))
  }
  return { clock, network, frames, connection, open, page, wakeUp: () => wakeUp() }
}

test('says hello first, and is open once it is welcomed', () => {
  const { connection, network } = setUp()
  expect(connection.state.get()).toBe('idle')
  connection.start()
  expect(connection.state.get()).toBe('connecting')
  network.last().open()
  expect(network.last().sent).toEqual([{ type: 'hello', v: 1, project: 'p1', session: 's1' }])
  expect(connection.send({ type: 'typing', conversationId })).toBe(false)
  network.last().say(welcome())
  expect(connection.state.get()).toBe('open')
  expect(connection.send({ type: 'typing', conversationId })).toBe(true)
  expect(network.last().sent.at(-1)).toEqual({ type: 'typing', conversationId })
})

test('[DL4] resumes at the newest cursor seen', () => {
  const { connection, network, open, clock } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  network.last().say({ type: 'message', message: message({}), cursor: 'e.7' })
  network.last().say({ type: 'message', message: message({}) })
  network.last().drop()
  clock.advance(5_000)
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ type: 'hello', cursor: 'e.7' })
})

test('[DL4] a cut in the middle of what was missed resumes there, not at the welcome', () => {
  const { connection, network, open, clock } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  network.last().drop()
  clock.advance(5_000)
  open({ cursor: 'e.99', resumed: true })
  network.last().drop()
  clock.advance(10_000)
  open({ cursor: 'e.99', resumed: true })
  expect(network.last().sent[0]).toMatchObject({ cursor: 'e.4' })
  network.last().say({ type: 'message', message: message({}), cursor: 'e.5' })
  network.last().drop()
  clock.advance(20_000)
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ cursor: 'e.5' })
})

test('[DL4] a frame that could not be handled is asked for again', () => {
  const { connection, network, open, clock } = setUp({
    onFrame(frame) {
      if (frame.type === 'message') throw new Error('not handled')
    },
  })
  connection.start()
  open({ cursor: 'e.4' })
  expect(() => network.last().say({ type: 'message', message: message({}), cursor: 'e.5' })).toThrow('not handled')
  network.last().drop()
  clock.advance(5_000)
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ cursor: 'e.4' })
})

test('[DL4] reset forgets the cursor until the welcome brings the next', () => {
  const { connection, network, open, clock } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  network.last().say({ type: 'reset' })
  network.last().drop()
  clock.advance(5_000)
  network.last().open()
  expect(network.last().sent[0]).not.toHaveProperty('cursor')
})

/** Lets every attempt fail, and tells how long each was waited for. */
function waitsOf({ network, clock }: ReturnType<typeof setUp>, failures: number): number[] {
  return Array.from({ length: failures }, () => {
    network.last().drop()
    const before = clock.now()
    const count = network.sockets.length
    while (network.sockets.length === count) clock.advance(100)
    return clock.now() - before
  })
}

test('[DL9] waits longer after each failure, up to half a minute', () => {
  const client = setUp()
  client.connection.start()
  expect(waitsOf(client, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('[DL9] who loses a connection may be one of a crowd: gives it room, and starts small again after a steady while', () => {
  const client = setUp()
  client.connection.start()
  client.open()
  expect(waitsOf(client, 5)).toEqual([5_000, 10_000, 20_000, 30_000, 30_000])
  client.open()
  client.clock.advance(11_000)
  client.network.last().say({ type: 'pong' })
  expect(waitsOf(client, 1)).toEqual([5_000])
})

test('[DL8] earlier failures do not count any more for who moves after a steady while', () => {
  const client = setUp()
  client.connection.start()
  client.open()
  waitsOf(client, 3)
  client.open()
  client.clock.advance(11_000)
  client.network.last().say({ type: 'pong' })
  client.network.last().say({ type: 'bye', retryAfterMs: 0 })
  client.clock.advance(1_000)
  expect(waitsOf(client, 1)).toEqual([5_000])
})

test('a server that welcomes and hangs up at once is not hammered', () => {
  const { connection, network, clock, open } = setUp()
  connection.start()
  for (let round = 0; round < 3; round++) {
    open()
    network.last().drop()
    clock.advance(5_000 * 2 ** round)
  }
  expect(network.sockets.length).toBe(4)
  open()
  network.last().drop()
  clock.advance(29_999)
  expect(network.sockets.length).toBe(4)
})

test('who writes does not wait for the next attempt; what the page does by itself waits', () => {
  const { connection, network, open } = setUp()
  connection.start()
  open()
  network.last().drop()
  expect(connection.send({ type: 'read', conversationId, seq: 1 })).toBe(false)
  expect(network.sockets.length).toBe(1)
  expect(connection.send({ type: 'typing', conversationId })).toBe(false)
  expect(network.sockets.length).toBe(2)
  expect(connection.send({ type: 'typing', conversationId })).toBe(false)
  expect(network.sockets.length).toBe(2)
})

test('the wait has full jitter', () => {
  const { connection, network, clock } = setUp({ random: () => 0.1 })
  connection.start()
  network.last().drop()
  clock.advance(50)
  expect(network.sockets.length).toBe(2)
})

test('[DL8] bye moves on after the time it names, and no sooner', () => {
  const { connection, network, clock, open } = setUp()
  connection.start()
  open()
  network.last().say({ type: 'bye', retryAfterMs: 4_000 })
  expect(network.last().closed).toBe(true)
  expect(connection.state.get()).toBe('waiting')
  clock.advance(7_999)
  expect(network.sockets.length).toBe(1)
  clock.advance(1)
  expect(network.sockets.length).toBe(2)
})

test('[DL6] a quiet connection is probed, and a dead one found within 30 seconds', () => {
  const { connection, network, clock, open } = setUp()
  connection.start()
  open()
  clock.advance(20_000)
  expect(network.last().sent.at(-1)).toEqual({ type: 'ping' })
  network.last().say({ type: 'pong' })
  clock.advance(19_999)
  expect(connection.state.get()).toBe('open')
  clock.advance(10_001)
  expect(network.sockets[0]?.closed).toBe(true)
  expect(connection.state.get()).toBe('waiting')
})

test('[DL6] a page that nobody looks at asks once in five minutes, so that its device may sleep', () => {
  const { connection, network, clock, open, page } = setUp()
  connection.start()
  open()
  page.hidden = true
  // The ping that was due, after which it knows that nobody looks.
  clock.advance(20_000)
  network.last().say({ type: 'pong' })
  const sent = network.last().sent.length
  clock.advance(299_999)
  expect(network.last().sent.length).toBe(sent)
  clock.advance(1)
  expect(network.last().sent.at(-1)).toEqual({ type: 'ping' })
  expect(network.last().sent.length).toBe(sent + 1)
  clock.advance(10_000)
  expect(connection.state.get()).toBe('waiting')
})

test('[DL6] whoever looks at the page again knows within ten seconds that its connection is dead', () => {
  const { connection, clock, open, page, wakeUp } = setUp()
  connection.start()
  page.hidden = true
  open()
  clock.advance(200_000)
  page.hidden = false
  wakeUp()
  clock.advance(10_000)
  expect(connection.state.get()).toBe('waiting')
})

test('[DL6] while nobody looks and nobody answers, attempts become rare; somebody who looks hastens the next', () => {
  const client = setUp()
  client.connection.start()
  client.open()
  client.page.hidden = true
  expect(waitsOf(client, 8)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000])
  client.network.last().drop()
  const count = client.network.sockets.length
  client.page.hidden = false
  client.wakeUp()
  expect(client.network.sockets.length).toBe(count + 1)
})

test('an attempt that nobody answers is given up after ten seconds', () => {
  const { connection, network, clock } = setUp()
  connection.start()
  clock.advance(10_000)
  expect(network.sockets[0]?.closed).toBe(true)
  expect(connection.state.get()).toBe('waiting')
})

test('being looked at again hastens the next attempt, and probes an open connection', () => {
  const { connection, network, open, wakeUp } = setUp()
  connection.start()
  network.last().drop()
  wakeUp()
  expect(network.sockets.length).toBe(2)
  open()
  wakeUp()
  expect(network.sockets.length).toBe(2)
  expect(network.last().sent.at(-1)).toEqual({ type: 'ping' })
})

test('[SS6] ended ends it: no attempt follows, until somebody starts it again', () => {
  const { connection, network, clock, open, frames, wakeUp } = setUp()
  connection.start()
  open()
  network.last().say({ type: 'ended', reason: 'secret_revoked', message: 'The site renewed its secret.' })
  expect(connection.state.get()).toBe('ended')
  expect(frames.at(-1)).toMatchObject({ type: 'ended', reason: 'secret_revoked' })
  wakeUp()
  clock.advance(3_600_000)
  expect(network.sockets.length).toBe(1)
  connection.start()
  expect(network.sockets.length).toBe(2)
})

test('close code 4401 ends it as well', () => {
  const { connection, network, clock } = setUp()
  connection.start()
  network.last().drop(closeCodes.sessionEnded)
  clock.advance(3_600_000)
  expect(connection.state.get()).toBe('ended')
  expect(network.sockets.length).toBe(1)
})

test('a door that was shut is tried again, but not soon', () => {
  const { connection, network, clock } = setUp({ random: () => 0 })
  connection.start()
  network.last().drop(closeCodes.notAllowed)
  clock.advance(29_999)
  expect(network.sockets.length).toBe(1)
  clock.advance(1)
  expect(network.sockets.length).toBe(2)
})

test('[VS5] stop forgets the cursor, so that the next identity does not resume in the place of the last', () => {
  const { connection, network, open } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  connection.stop()
  expect(connection.state.get()).toBe('idle')
  expect(network.last().closed).toBe(true)
  connection.start()
  network.last().open()
  expect(network.last().sent[0]).not.toHaveProperty('cursor')
})

test('nothing from a socket that was given up is heard', () => {
  const { connection, network, open, frames } = setUp()
  connection.start()
  open()
  connection.stop()
  const heard = frames.length
  network.last().say({ type: 'message', message: message({}), cursor: 'e.9' })
  network.last().drop()
  expect(frames.length).toBe(heard)
  expect(connection.state.get()).toBe('idle')
})

test('a handler may stop the connection from within a frame', () => {
  const { connection, network, open } = setUp({
    onFrame(frame) {
      if (frame.type === 'ended') connection.stop()
    },
  })
  connection.start()
  open()
  network.last().say({ type: 'ended', reason: 'signed_out', message: 'You signed out.' })
  expect(connection.state.get()).toBe('idle')
})

test('what is not a frame is ignored', () => {
  const { connection, network, open, frames } = setUp()
  connection.start()
  open()
  const heard = frames.length
  // @ts-expect-error a server of another mind
  network.last().say(null)
  expect(frames.length).toBe(heard)
})
