import { expect, test } from 'vitest'
import type { ServerFrame } from '../../protocol/frames.ts'
import { closeCodes } from '../../protocol/limits.ts'
import { createConnection } from '../connection.ts'
import { fakeClock } from './fake-clock.ts'
import { fakeNetwork } from './fake-socket.ts'
import { conversationId, message, welcome } from './records.ts'

function setUp({ random = (): number => 1, onFrame = (_: ServerFrame) => {} } = {}) {
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
  return { clock, network, frames, connection, open, wakeUp: () => wakeUp() }
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
  clock.advance(500)
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ type: 'hello', cursor: 'e.7' })
})

test('[DL4] a cut in the middle of what was missed resumes there, not at the welcome', () => {
  const { connection, network, open, clock } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  network.last().drop()
  clock.advance(500)
  open({ cursor: 'e.99', resumed: true })
  network.last().drop()
  clock.advance(1_000)
  open({ cursor: 'e.99', resumed: true })
  expect(network.last().sent[0]).toMatchObject({ cursor: 'e.4' })
  network.last().say({ type: 'message', message: message({}), cursor: 'e.5' })
  network.last().drop()
  clock.advance(2_000)
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
  clock.advance(500)
  network.last().open()
  expect(network.last().sent[0]).toMatchObject({ cursor: 'e.4' })
})

test('[DL4] reset forgets the cursor until the welcome brings the next', () => {
  const { connection, network, open, clock } = setUp()
  connection.start()
  open({ cursor: 'e.4' })
  network.last().say({ type: 'reset' })
  network.last().drop()
  clock.advance(500)
  network.last().open()
  expect(network.last().sent[0]).not.toHaveProperty('cursor')
})

test('waits longer after each failure, up to half a minute, and starts small after a steady while', () => {
  const { connection, network, clock, open } = setUp()
  connection.start()
  const waits: number[] = []
  for (let failure = 0; failure < 9; failure++) {
    network.last().drop()
    const before = clock.now()
    const count = network.sockets.length
    while (network.sockets.length === count) clock.advance(100)
    waits.push(clock.now() - before)
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  open()
  clock.advance(11_000)
  network.last().drop()
  const count = network.sockets.length
  clock.advance(500)
  expect(network.sockets.length).toBe(count + 1)
})

test('a server that welcomes and hangs up at once is not hammered', () => {
  const { connection, network, clock, open } = setUp()
  connection.start()
  for (let round = 0; round < 3; round++) {
    open()
    network.last().drop()
    clock.advance(500 * 2 ** round)
  }
  expect(network.sockets.length).toBe(4)
  open()
  network.last().drop()
  clock.advance(3_999)
  expect(network.sockets.length).toBe(4)
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

test('a quiet connection is probed, and given up when nothing answers', () => {
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
