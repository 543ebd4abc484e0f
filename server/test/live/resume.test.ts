import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { ServerFrame } from '../../../protocol/frames.ts'
import type { Message } from '../../../protocol/records.ts'
import { Allowance } from '../../model/allowance.ts'
import type { VisitorCaller } from '../../model/caller.ts'
import { Appender } from '../../model/message/append.ts'
import { findVisitorCaller } from '../../model/visitor/session.ts'
import { Shop, Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'

let signet: Signet
let shop: Shop
let session: string
let visitor: Socket
let conversationId: string
let appender: Appender
let caller: VisitorCaller

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 100_000 } })
  const limit = new Allowance({ perMinute: 1, burst: 100_000, now: signet.clock.now })
  appender = new Appender(signet.app.model, limit)
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  session = (await shop.signIn()).session
  visitor = await shop.connect(session)
  conversationId = (await visitor.write('first')).conversationId
  const found = await findVisitorCaller(signet.app.model, session)
  if (!found) throw new Error('The session is not open.')
  caller = found
})

/** Many messages at once, past the socket. */
const writeMany = (count: number, text = 'x', first = 1) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      appender.append(
        { kind: 'visitor', caller },
        { clientId: crypto.randomUUID(), conversationId, text: `${first + index} ${text}`.slice(0, 8000) },
      ),
    ),
  )

const textsOf = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => (frame.type === 'message' ? frame.message.text : []))
/** The numbers at the beginning of long texts. */
const countsOf = (frames: ServerFrame[]) => textsOf(frames).map((text) => Number.parseInt(text, 10))
const numbersOf = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => ('cursor' in frame && frame.cursor ? Number(frame.cursor.split('.')[1]) : []))
const isRising = (numbers: number[]) => numbers.every((number, index) => number > (numbers[index - 1] ?? -1))
const change = (body: object) =>
  shop.owner.caller.call('PATCH /conversations/:conversation', { params: { conversation: conversationId }, body })

test('[DL4] who was away gets exactly what he missed, in order, and then what is new', async () => {
  const agent = await shop.connectAgent(shop.owner)
  await agent.settled()
  await agent.leave()
  for (const text of ['one', 'two', 'three']) await visitor.write(text, conversationId)
  const back = await shop.connectAgent(shop.owner, agent.cursor)
  const [welcome] = back.frames
  expect(welcome).toMatchObject({ type: 'welcome', resumed: true, conversations: [], cursor: agent.cursor })
  await visitor.write('four', conversationId)
  await back.next('message', (frame) => frame.message.text === 'four')
  expect(textsOf(back.frames)).toEqual(['one', 'two', 'three', 'four'])
  expect(isRising(numbersOf(back.frames.slice(1)))).toBe(true)
})

test('[DL4] a connection that is cut again and again loses nothing and gets nothing twice', async () => {
  const received: string[] = []
  const numbers: number[] = []
  let cursor = visitor.cursor
  let written = false
  const writing = (async () => {
    for (let batch = 0; batch < 30; batch++) await writeMany(5, '', batch * 5 + 1)
    written = true
  })()
  for (let last = false; !last; ) {
    last = written
    const socket = await shop.connect(session, cursor)
    if (last) await socket.settled()
    else await Promise.race([socket.next('message').catch(() => undefined), writing])
    socket.raw.terminate()
    await socket.closed
    const frames = socket.frames.filter((frame) => frame.type !== 'welcome')
    received.push(...textsOf(frames))
    numbers.push(...numbersOf(frames))
    cursor = socket.cursor
  }
  await writing
  expect(received).toEqual(Array.from({ length: 150 }, (_, index) => `${index + 1} `))
  expect(isRising(numbers)).toBe(true)
})

test('[DL4] an ack carries no cursor, and every frame in the order of changes does', async () => {
  await visitor.write('Hi', conversationId)
  const frames = await visitor.settled()
  for (const frame of [...frames, ...visitor.frames]) {
    if (frame.type === 'ack') expect(Object.keys(frame)).not.toContain('cursor')
    if (frame.type === 'message' || frame.type === 'conversation') expect(frame.cursor).toBeDefined()
  }
})

test.each([
  ['of an unknown epoch', (cursor: string) => `other.${cursor.split('.')[1]}`],
  ['of a future number', (cursor: string) => `${cursor.split('.')[0]}.999999`],
  ['that is none', () => 'nonsense'],
  ['without a number', (cursor: string) => `${cursor.split('.')[0]}.`],
  ['with a negative number', (cursor: string) => `${cursor.split('.')[0]}.-1`],
  ['that is empty', () => ''],
])('[DL4] a cursor %s gets reset, and the present state', async (_name, cursorFrom) => {
  const socket = await shop.connect(session, cursorFrom(visitor.cursor))
  expect(socket.frames.map(({ type }) => type).slice(0, 2)).toEqual(['reset', 'welcome'])
  const welcome = socket.frames[1]
  expect(welcome?.type === 'welcome' && [welcome.resumed, welcome.conversations.length]).toEqual([false, 1])
  await visitor.write('live', conversationId)
  expect((await socket.next('message')).message.text).toBe('live')
})

test('[DL4] more than 1,000 missed changes get reset and the present state', async () => {
  await visitor.leave()
  await writeMany(1001)
  const socket = await shop.connect(session, visitor.cursor)
  await socket.next('reset')
  const welcome = await socket.next('welcome')
  expect([welcome.resumed, welcome.conversations[0]?.lastSeq]).toEqual([false, 1002])
  expect(textsOf(socket.frames)).toEqual([])
  await writeMany(1, 'after')
  expect((await socket.next('message')).message.seq).toBe(1003)
})

test('[DL4] a signal that the bus loses costs nobody a message, nor their order', async () => {
  const agent = await shop.connectAgent(shop.owner)
  const { bus } = signet.app.model
  const { publish } = bus
  for (let round = 0; round < 5; round++) {
    bus.publish = (topic, signal) => topic === 'security' && publish(topic, signal)
    await visitor.write(`lost ${round}`, conversationId)
    bus.publish = publish
    await visitor.write(`heard ${round}`, conversationId)
  }
  for (const socket of [agent, visitor]) await socket.next('message', (frame) => frame.message.text === 'heard 4')
  const expected = [0, 1, 2, 3, 4].flatMap((round) => [`lost ${round}`, `heard ${round}`])
  expect(textsOf(agent.frames)).toEqual(expected)
  expect(textsOf(visitor.frames).slice(-10)).toEqual(expected)
  expect(isRising(numbersOf(agent.frames.slice(1)))).toBe(true)
})

test('[DL4] a signal that the bus repeats is given on once', async () => {
  const agent = await shop.connectAgent(shop.owner)
  const { bus } = signet.app.model
  const { publish } = bus
  const kept: [string, unknown][] = []
  bus.publish = (topic, signal) => {
    kept.push([topic, signal])
    publish(topic, signal)
    publish(topic, signal)
  }
  await visitor.write('one', conversationId)
  await visitor.write('two', conversationId)
  bus.publish = publish
  for (const [topic, signal] of kept) publish(topic, signal)
  await agent.settled()
  expect(textsOf(agent.frames)).toEqual(['one', 'two'])
})

/** Without the lines that say who has joined. */
const wordsIn = (messages: Message[] = []) => messages.flatMap(({ kind, text }) => (kind === 'text' ? [text] : []))

test('[DL4] losing sight is a numbered gone, gaining it brings the whole conversation: live', async () => {
  const agent = await shop.connectAgent(await shop.member('agent'))
  await visitor.write('second', conversationId)
  await agent.next('message')
  await change({ assigneeId: shop.owner.id })
  const gone = await agent.next('gone')
  expect(gone).toMatchObject({ conversationId, cursor: expect.any(String) })
  await visitor.write('not for him', conversationId)
  expect((await agent.settled()).filter((frame) => frame.type !== 'presence')).toEqual([])
  await change({ assigneeId: null })
  const gained = await agent.next('conversation')
  expect(wordsIn(gained.messages)).toEqual(['first', 'second', 'not for him'])
})

test('[DL4] losing sight is a numbered gone, gaining it brings the whole conversation: after an absence', async () => {
  const member = await shop.member('agent')
  const agent = await shop.connectAgent(member)
  await agent.leave()
  await change({ assigneeId: shop.owner.id })
  await visitor.write('not for him', conversationId)
  const second = await shop.connectAgent(member, agent.cursor)
  expect((await second.next('gone')).conversationId).toBe(conversationId)
  expect(textsOf(await second.settled())).toEqual([])
  await second.leave()
  await change({ assigneeId: null })
  const third = await shop.connectAgent(member, second.cursor)
  const gained = await third.next('conversation')
  expect(wordsIn(gained.messages)).toEqual(['first', 'not for him'])
})

test('[DL4] a cursor of one visitor shows another nothing', async () => {
  const other = (await shop.signIn({ external_id: 'other' })).session
  await visitor.write('mine', conversationId)
  const [epoch] = visitor.cursor.split('.')
  const socket = await shop.connect(other, `${epoch}.0`)
  expect(await socket.settled()).toEqual([])
})

const large = '€'.repeat(8000)

test('[DL6] a slow reader is closed with 4413 and loses nothing; the others don’t notice', async () => {
  const [slow, quick] = [await shop.connectAgent(shop.owner), await shop.connectAgent(shop.owner)]
  const { cursor } = slow
  slow.raw.pause()
  // Not so much at once that nobody could read it.
  for (let first = 1; first <= 700; first += 20) {
    await writeMany(20, large, first)
    await quick.settled()
  }
  expect(countsOf(quick.frames)).toHaveLength(700)
  slow.raw.resume()
  expect(await slow.closed).toBe(4413)
  const back = await shop.connectAgent(shop.owner, slow.cursor || cursor)
  await back.next('message', (frame) => frame.message.text.startsWith('700 '))
  const seqs = [...slow.frames, ...back.frames].flatMap((frame) => (frame.type === 'message' ? frame.message.seq : []))
  expect(seqs).toEqual(Array.from({ length: 700 }, (_, index) => index + 2))
})

test('[DL6] what was missed comes in pages that wait for a slow reader instead of closing him', async () => {
  await visitor.leave()
  await writeMany(700, large)
  const socket = await signet.open().opened()
  socket.raw.pause()
  socket.say({ type: 'hello', v: 1, project: shop.id, session, cursor: visitor.cursor })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await writeMany(5, 'meanwhile', 701)
  socket.raw.resume()
  await socket.next('message', (frame) => frame.message.text.startsWith('705 '))
  expect(countsOf(socket.frames)).toEqual(Array.from({ length: 705 }, (_, index) => index + 1))
})

test('[DL4][AG7] a role that changes while an agent catches up begins him anew, once', async () => {
  const member = await shop.member('admin')
  const agent = await shop.connectAgent(member)
  await agent.leave()
  await writeMany(700, large)
  const socket = await signet.open(member.headers).opened()
  socket.raw.pause()
  socket.say({ type: 'hello', v: 1, project: shop.id, cursor: agent.cursor })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const path = { params: { project: shop.id, agent: member.id } }
  await shop.owner.caller.call('PATCH /projects/:project/members/:agent', { ...path, body: { role: 'agent' } })
  socket.raw.resume()
  await socket.next('reset')
  const welcome = await socket.next('welcome')
  expect(welcome.self).toMatchObject({ role: 'agent' })
  await writeMany(1, 'live', 701)
  await socket.next('message', (frame) => frame.message.text.startsWith('701 '))
  // Long enough for another page of what is over, if it went on.
  await new Promise((resolve) => setTimeout(resolve, 150))
  const after = socket.frames.slice(socket.frames.indexOf(welcome) + 1)
  expect(countsOf(after)).toEqual([701])
})
