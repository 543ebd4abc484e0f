import { beforeAll, expect, test, vi } from 'vitest'
import { maxFrameBytes } from '../../../protocol/limits.ts'
import { RawSocket } from '../raw-socket.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop
let session: string

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  session = (await shop.signIn()).session
  return () => signet.stop()
})

const hello = () => ({ type: 'hello' as const, v: 1, project: shop.id, session })
const opened = () => signet.open().opened()

async function closeCodeAfter(...texts: (string | Buffer)[]): Promise<number> {
  const socket = await opened()
  for (const text of texts) socket.raw.send(text)
  return socket.closed
}

test('[PA] who says nothing for five seconds is closed with 4408', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const [silent, polite] = [await opened(), await opened()]
    polite.say(hello())
    await polite.next('welcome')
    vi.advanceTimersByTime(4999)
    expect(silent.raw.readyState).toBe(silent.raw.OPEN)
    vi.advanceTimersByTime(1)
    expect(await silent.closed).toBe(4408)
    vi.advanceTimersByTime(60_000)
    await polite.settled()
  } finally {
    vi.useRealTimers()
  }
})

test('[PA] hello gets welcome: who I am, where to resume, the latest conversations', async () => {
  const socket = await opened()
  socket.say(hello())
  const { conversationId } = await socket.write('Hello')
  await socket.leave()
  const again = await opened()
  again.say(hello())
  const welcome = await again.next('welcome')
  expect(welcome).toMatchObject({ v: 1, resumed: false, self: { kind: 'visitor', visitor: { name: 'Grace' } } })
  expect(welcome.conversations.map(({ id }) => id)).toEqual([conversationId])
  expect(welcome.cursor).toMatch(/^[^.]+\.[0-9]+$/)
})

test('[PA] what is said right behind hello waits for the answer', async () => {
  const socket = await opened()
  const clientId = crypto.randomUUID()
  for (const frame of [hello(), { type: 'send', clientId, text: 'at once' }, { type: 'ping' }]) {
    socket.raw.send(JSON.stringify(frame))
  }
  expect((await socket.next('welcome')).type).toBe('welcome')
  await socket.next('pong')
  expect(socket.frames.some((frame) => frame.type === 'ack' || frame.type === 'message')).toBe(true)
  expect(socket.frames[0]?.type).toBe('welcome')
})

test.each([
  ['what is no JSON', 'hello'],
  ['an empty frame', ''],
  ['an array', '[]'],
  ['null', 'null'],
  ['an unknown type', '{"type":"shout"}'],
  ['a frame without a type', '{"v":1}'],
  ['a hello without a project', '{"type":"hello","v":1}'],
  ['another first frame', '{"type":"ping"}'],
  ['another version', '{"type":"hello","v":2,"project":"x"}'],
])('[PA] %s instead of hello closes with 4400', async (_name, text) => {
  expect(await closeCodeAfter(text)).toBe(4400)
})

test.each([
  ['a second hello', () => JSON.stringify(hello())],
  ['a client id that is none', () => '{"type":"send","clientId":"1","text":"x"}'],
  ['a text that is none', () => `{"type":"send","clientId":"${crypto.randomUUID()}","text":5}`],
  ['a read without a seq', () => `{"type":"read","conversationId":"${crypto.randomUUID()}"}`],
  ['a negative seq', () => `{"type":"read","conversationId":"${crypto.randomUUID()}","seq":-1}`],
  ['a binary frame', () => Buffer.from('{"type":"ping"}')],
])('[PA] %s after hello closes with 4400', async (_name, frame) => {
  expect(await closeCodeAfter(JSON.stringify(hello()), frame())).toBe(4400)
})

test('[DL7] a frame over 64 KiB closes with 1009, one of 64 KiB does not', async () => {
  const socket = await opened()
  socket.say(hello())
  await socket.next('welcome')
  const frame = (length: number) => `{"type":"ping","padding":"${'x'.repeat(length - 28)}"}`
  expect(frame(maxFrameBytes)).toHaveLength(maxFrameBytes)
  socket.raw.send(frame(maxFrameBytes))
  await socket.next('pong')
  socket.raw.send(frame(maxFrameBytes + 1))
  expect(await socket.closed).toBe(1009)
})

test('[DL7] a flood of frames closes with 4429, and none behind it is acted on', async () => {
  const socket = await opened()
  socket.say(hello())
  await socket.next('welcome')
  for (let count = 0; count < 3000; count++) socket.raw.send('{"type":"ping"}')
  expect(await socket.closed).toBe(4429)
  expect(socket.frames.filter((frame) => frame.type === 'pong').length).toBeLessThan(2000)
})

test('[HT1] unknown fields in frames are ignored', async () => {
  const socket = await opened()
  socket.raw.send(JSON.stringify({ ...hello(), surprise: { deep: true } }))
  await socket.next('welcome')
  const clientId = crypto.randomUUID()
  socket.raw.send(
    JSON.stringify({ type: 'send', clientId, text: 'Hi', author: { kind: 'agent' }, seq: 99, kind: 'note' }),
  )
  const { message } = await socket.next('ack')
  expect(message).toMatchObject({ kind: 'text', author: { kind: 'visitor' }, seq: 1 })
})

test('[DL7] a refused message gets a coded error with its client id, and the connection lives on', async () => {
  const socket = await shop.connect(session)
  const refusalOf = async (text: string, attributes?: Record<string, unknown>) => {
    const clientId = crypto.randomUUID()
    socket.say({ type: 'send', clientId, text, ...(attributes && { attributes }) })
    return (await socket.next('error', (frame) => frame.clientId === clientId)).code
  }
  expect(await refusalOf('')).toBe('text_empty')
  expect(await refusalOf('x'.repeat(8001))).toBe('text_too_long')
  expect(await refusalOf('\0')).toBe('text_invalid')
  expect(await refusalOf('x', { a: 'x'.repeat(5000) })).toBe('attributes_too_large')
  expect((await socket.write('fine')).text).toBe('fine')
})

test('[DL7] past the limit a message is told when to come again', async () => {
  const own = await Shop.open(signet)
  const socket = await own.connect((await own.signIn()).session)
  const { conversationId } = await socket.write('1')
  for (let count = 2; count <= 30; count++) await socket.write(String(count), conversationId)
  socket.say({ type: 'send', clientId: crypto.randomUUID(), conversationId, text: '31' })
  expect(await socket.next('error')).toMatchObject({ code: 'rate_limited', retryAfterMs: 1000 })
  signet.clock.advance(1000)
  expect((await socket.write('31', conversationId)).seq).toBe(31)
})

test('[VS1] a session that nobody knows is told so and closed with 4401', async () => {
  const socket = await opened()
  socket.say({ ...hello(), session: 'x'.repeat(43) })
  expect((await socket.next('ended')).reason).toBe('session_unknown')
  expect(await socket.closed).toBe(4401)
})

test('a session of one project is unknown in another', async () => {
  const other = await Shop.open(signet)
  const socket = await opened()
  socket.say({ ...hello(), project: other.id })
  expect((await socket.next('ended')).reason).toBe('session_unknown')
  expect(await socket.closed).toBe(4401)
})

test('a project that there is not, and one that an agent is no member of, are the same to him', async () => {
  const stranger = (await Shop.open(signet)).owner
  for (const project of [shop.id, crypto.randomUUID()]) {
    const socket = await signet.open(stranger.headers).opened()
    socket.say({ type: 'hello', v: 1, project })
    expect((await socket.next('error')).code).toBe('not_found')
    expect(await socket.closed).toBe(4403)
  }
})

test('[WG1] a project answers to its legacy id, too', async () => {
  const legacyId = '5b55e806c93dde00143163dd'
  await shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body: { legacyId } })
  const socket = await opened()
  socket.say({ ...hello(), project: legacyId })
  await socket.next('welcome')
  const other = await Shop.open(signet)
  const taken = { params: { project: other.id }, body: { legacyId } }
  expect(await other.owner.caller.refusal('PATCH /projects/:project', taken)).toBe('legacy_id_taken legacyId')
  const ofAnother = { params: { project: other.id }, body: { legacyId: shop.id } }
  expect(await other.owner.caller.refusal('PATCH /projects/:project', ofAnother)).toBe('legacy_id_taken legacyId')
})

test('upgrades to other addresses are refused, and a peer that vanishes meanwhile harms nobody', async () => {
  const polite = await RawSocket.open(signet.url, '/elsewhere')
  await polite.hears('404 Not Found')
  for (let count = 0; count < 30; count++) {
    const rude = await RawSocket.open(signet.url, '/elsewhere')
    if (count % 2) await rude.hears('404')
    rude.net.resetAndDestroy()
  }
  expect((await signet.anybody.send('GET', '/healthz')).status).toBe(200)
})
