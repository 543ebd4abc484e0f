/** Is anybody still there? By a clock turned by hand, and the sweep called by hand. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Live } from '../../live/live.ts'
import { Allowance } from '../../model/allowance.ts'
import { Appender } from '../../model/message/append.ts'
import { Presence } from '../../model/presence.ts'
import { hour } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'
import { Socket } from '../socket.ts'
import { until } from './until.ts'

let signet: Signet
let shop: Shop
let presence: Presence
let live: Live
let server: Server
let session: string
let sessionId: string

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
})
afterAll(() => signet.stop())

beforeEach(async () => {
  session = (await shop.signIn()).session
  presence = new Presence()
  const model = { ...signet.app.model, presence }
  const appender = new Appender(model, new Allowance({ perMinute: 60, burst: 30, now: signet.clock.now }))
  const log = { error: () => {} }
  live = new Live({ model, appender, epoch: 'epoch', fresh: () => true, log }, ({ headers }) => ({
    site: { origin: headers.origin, own: false },
    agentToken: undefined,
  }))
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  live.attach(server)
})
afterEach(async () => {
  await live.stop()
  server.close()
})

async function connect(): Promise<{ socket: Socket; pings: () => number }> {
  const address = server.address()
  const socket = new Socket(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  let pings = 0
  socket.raw.on('ping', () => pings++)
  await socket.opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, session })
  await socket.next('welcome')
  const [one] = presence.own()
  sessionId = one ?? ''
  return { socket, pings: () => pings }
}

function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 1_000) {
    signet.clock.advance(1_000)
    live.sweep()
  }
}

test('[DL6] a dead peer is found within 30 seconds', async () => {
  const { socket } = await connect()
  socket.raw.pause()
  pass(28_000)
  expect(presence.has(sessionId)).toBe(true)
  pass(2_000)
  await until(() => !presence.has(sessionId))
  socket.raw.terminate()
})

test('[DL6] whose page sleeps answers the question by itself, once per silence, and stays', async () => {
  const { socket, pings } = await connect()
  pass(19_000)
  await socket.settled()
  pass(19_000)
  expect(pings()).toBe(0)
  for (let silence = 1; silence <= 3; silence++) {
    pass(3_000)
    await until(() => pings() === silence)
    // The answer is read before what is said after it.
    const heard = once(socket.raw, 'pong')
    socket.raw.ping()
    await heard
    pass(19_000)
  }
  expect(presence.has(sessionId)).toBe(true)
  await socket.leave()
})

test('[DL6] who pings is not asked', async () => {
  const { socket, pings } = await connect()
  for (let count = 0; count < 5; count++) {
    pass(19_000)
    await socket.settled()
  }
  expect(pings()).toBe(0)
  await socket.leave()
})

test('[DL6] after the clock was set, or the node stood still, whoever answers stays', async () => {
  const { socket, pings } = await connect()
  for (const jump of [hour, -hour, -hour, 2 * hour]) {
    const before = pings()
    signet.clock.advance(jump)
    live.sweep()
    if (jump > 0) await until(() => pings() > before)
    await socket.settled()
    pass(5_000)
  }
  expect(socket.raw.readyState).toBe(socket.raw.OPEN)
  await socket.leave()
})
