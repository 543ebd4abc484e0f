import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Input } from '../../../protocol/endpoints.ts'
import type { Caller } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop
let session: string
let visitor: Caller
let conversation: string

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 1000 } })
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  session = (await shop.signIn()).session
  visitor = signet.visitor(session)
  const socket = await shop.connect(session)
  conversation = (await socket.write('first')).conversationId
  for (const text of ['second', 'third']) await socket.write(text, conversation)
})

const params = () => ({ params: { conversation } })
type ListQuery = Input<'GET /projects/:project/conversations'>['query']
const list = (by: Caller, query: ListQuery = {}) =>
  by.call('GET /projects/:project/conversations', { params: { project: shop.id }, query })
const change = (body: object) => shop.owner.caller.call('PATCH /conversations/:conversation', { ...params(), body })
type HistoryQuery = Input<'GET /conversations/:conversation/messages'>['query']
const read = (by: Caller, query: HistoryQuery = {}) =>
  by.call('GET /conversations/:conversation/messages', { ...params(), query })
const texts = async (by: Caller, query: HistoryQuery = {}) =>
  (await read(by, query)).messages.map((message) => message.text)
const note = (text: string) =>
  shop.owner.caller.call('POST /conversations/:conversation/messages', {
    ...params(),
    body: { clientId: crypto.randomUUID(), text, kind: 'note' },
  })

test('[DL11] a visitor is shown no notes, tags, assignee or snooze, by no way of asking', async () => {
  await change({ tags: ['vip'], assigneeId: shop.owner.id })
  await note('careful with him')
  await change({ state: 'snoozed' })
  const views = [
    await visitor.call('GET /conversations/:conversation', params()),
    ...(await list(visitor)).conversations,
    await read(visitor),
  ]
  for (const view of views) {
    const json = JSON.stringify(view)
    for (const hidden of ['careful', 'vip', 'snoozed', 'assignee', 'tags', 'waitingSince', '"visitor":']) {
      expect(json).not.toContain(hidden)
    }
  }
  expect(views[0]).toMatchObject({ state: 'open', lastSeq: 4 })
})

test('[DL11] a visitor does not learn of a snooze from what a filter finds', async () => {
  const found = async () =>
    Promise.all(
      (['open', 'snoozed', 'resolved'] as const).map(
        async (state) => (await list(visitor, { state })).conversations.length,
      ),
    )
  const before = await found()
  await change({ state: 'snoozed' })
  expect(await found()).toEqual(before)
  expect(before).toEqual([1, 0, 0])
  await change({ state: 'resolved' })
  expect(await found()).toEqual([0, 0, 1])
  expect((await list(shop.owner.caller, { state: 'resolved' })).conversations).toHaveLength(1)
})

test('[DL11] a visitor can write no note', async () => {
  const body = { clientId: crypto.randomUUID(), text: 'x', kind: 'note' as const }
  expect(await visitor.refusal('POST /conversations/:conversation/messages', { ...params(), body })).toBe('forbidden')
})

test('one visitor cannot reach the conversation of another, by no address', async () => {
  const other = signet.visitor((await shop.signIn({ external_id: 'other' })).session)
  const body = { clientId: crypto.randomUUID(), text: 'x' }
  expect([
    await other.refusal('GET /conversations/:conversation', params()),
    await other.refusal('GET /conversations/:conversation/messages', { ...params(), query: {} }),
    await other.refusal('POST /conversations/:conversation/messages', { ...params(), body }),
  ]).toEqual(Array(3).fill('not_found conversation'))
  expect((await list(other)).conversations).toEqual([])
  expect((await list(other, { text: 'Grace' })).conversations).toEqual([])
  expect(await texts(visitor)).toEqual(['first', 'second', 'third'])
})

test('a session of one project is nothing in another', async () => {
  const elsewhere = await Shop.open(signet)
  const asked = { params: { project: elsewhere.id }, query: {} }
  expect(await visitor.refusal('GET /projects/:project/conversations', asked)).toBe('not_found project')
  // The same external id there is somebody else.
  const twin = signet.visitor((await elsewhere.signIn()).session)
  expect(await twin.refusal('GET /conversations/:conversation', params())).toBe('not_found conversation')
  const refused = elsewhere.owner.caller.refusal('GET /conversations/:conversation', params())
  expect(await refused).toBe('not_found conversation')
})

test('history comes in order: the latest, what came after, and what came before', async () => {
  await note('a note')
  const agent = shop.owner.caller
  expect(await texts(agent)).toEqual(['first', 'second', 'third', 'a note'])
  expect(await texts(visitor)).toEqual(['first', 'second', 'third'])
  expect(await texts(visitor, { after: '0' })).toEqual(['first', 'second', 'third'])
  expect(await texts(visitor, { after: '1', limit: '1' })).toEqual(['second'])
  expect((await read(visitor, { after: '1', limit: '1' })).more).toBe(true)
  expect((await read(visitor, { after: '1', limit: '2' })).more).toBe(false)
  const { messages, more } = await read(visitor, { limit: '2' })
  expect([messages.map(({ text }) => text), more]).toEqual([['second', 'third'], true])
  const before = messages[0]?.id ?? ''
  expect(await texts(visitor, { before })).toEqual(['first'])
  expect((await read(visitor, { before })).more).toBe(false)
})

test('after the last message there is nothing, however far one asks', async () => {
  for (const after of ['3', '4', '999999999'])
    expect(await read(visitor, { after })).toEqual({ messages: [], more: false })
  await note('a note')
  expect(await texts(shop.owner.caller, { after: '3' })).toEqual(['a note'])
  expect(await texts(shop.owner.caller, { after: '7' })).toEqual(['a note'])
})

test('around a message stand as many before it as after it, and whoever walks on from there gets each once', async () => {
  const agent = shop.owner.caller
  const { id: noted } = await note('a note')
  await note('another note')
  const around = (await read(agent)).messages[1]?.id ?? ''
  expect(await read(agent, { around, limit: '2' })).toMatchObject({
    messages: [{ text: 'first' }, { text: 'second' }],
    ...{ more: false, newer: true },
  })
  expect(await read(agent, { around: noted, limit: '3' })).toMatchObject({
    messages: [{ text: 'third' }, { text: 'a note' }, { text: 'another note' }],
    ...{ more: true, newer: false },
  })
  expect(await read(agent, { around, limit: '1' })).toMatchObject({ messages: [{ id: around }], more: true })
  expect(await read(visitor, { around })).toMatchObject({ messages: { length: 3 }, more: false, newer: false })
  expect(await texts(agent, { after: around })).toEqual(['third', 'a note', 'another note'])
  // A note has no seq to go on from.
  expect(await read(agent, { after: noted })).toMatchObject({ messages: [{ text: 'another note' }], more: false })
})

const refusedQueries: HistoryQuery[] = [
  ...[{ limit: '0' }, { limit: '201' }, { limit: '-1' }, { limit: '1e2' }],
  ...[{ after: 'x' }, { before: 'x' }, { around: 'x' }, { around: '1' }],
]
test.each(refusedQueries)('[HT1] history refuses %j', async (query) => {
  const refusal = await visitor.refusal('GET /conversations/:conversation/messages', { ...params(), query })
  expect(refusal).toBe(`invalid_request ${Object.keys(query)[0]}`)
})

test('[HT1] history is asked for in one direction', async () => {
  const { id } = await note('a note')
  const query = { after: '1', around: id }
  const refusal = await visitor.refusal('GET /conversations/:conversation/messages', { ...params(), query })
  expect(refusal).toBe('invalid_request around')
})

test.each(['after', 'before', 'around'])(
  '%s a message that is not there for whoever asks there is nothing',
  async (place) => {
    const other = await shop.connect((await shop.signIn({ external_id: 'other' })).session)
    const theirs = await other.write('not yours')
    const unseen = await note('not for visitors')
    for (const id of [crypto.randomUUID(), theirs.id, unseen.id]) {
      const query = { [place]: id }
      const refusal = await visitor.refusal('GET /conversations/:conversation/messages', { ...params(), query })
      expect(refusal).toBe(`not_found ${place}`)
    }
  },
)

test('a list comes page by page, each conversation once, the latest activity first', async () => {
  for (let index = 0; index < 6; index++) {
    // Some in the same millisecond.
    if (index % 2) signet.clock.advance(1)
    await (await shop.connect((await shop.signIn({ external_id: `v${index}` })).session)).write('Hello')
  }
  const seen: string[] = []
  let page: string | null | undefined
  do {
    const { conversations, nextPage } = await list(shop.owner.caller, { limit: '2', ...(page && { page }) })
    seen.push(...conversations.map(({ id }) => id))
    page = nextPage
  } while (page)
  expect(seen).toEqual((await list(shop.owner.caller)).conversations.map(({ id }) => id))
  expect(new Set(seen).size).toBe(7)
  const refused = shop.owner.caller.refusal('GET /projects/:project/conversations', {
    params: { project: shop.id },
    query: { page: "1' or 1=1" },
  })
  expect(await refused).toBe('invalid_request page')
})

test('a search takes what is typed as it is', async () => {
  await (await shop.connect((await shop.signIn({ external_id: 'x_y', name: '100% José' })).session)).write('Hello')
  const found = async (text: string) => (await list(shop.owner.caller, { text })).conversations.length
  expect(await Promise.all(['jos', '100%', 'x_y', 'GRACE@'].map(found))).toEqual([1, 1, 1, 2])
  expect(await Promise.all(['%', '_', '\\', "'", '100%%'].map(found))).toEqual([1, 1, 0, 0, 0])
})

test('assignee finds mine, nobody’s and somebody’s', async () => {
  const agent = await shop.member('agent')
  const found = async (assignee: string) => (await list(shop.owner.caller, { assignee })).conversations.length
  expect([await found('me'), await found('none'), await found(agent.id)]).toEqual([0, 1, 0])
  await change({ assigneeId: agent.id })
  expect([await found('me'), await found('none'), await found(agent.id)]).toEqual([0, 0, 1])
})

test('unread counts what agents wrote and the visitor has not read', async () => {
  const answer = (text: string, kind?: 'note') =>
    shop.owner.caller.call('POST /conversations/:conversation/messages', {
      ...params(),
      body: { clientId: crypto.randomUUID(), text, ...(kind && { kind }) },
    })
  await answer('one')
  await answer('hidden', 'note')
  await answer('two')
  expect(await visitor.call('GET /visitor-session', {})).toMatchObject({ unread: 2, conversations: 1 })
  const socket = await shop.connect(session)
  socket.say({ type: 'read', conversationId: conversation, seq: 4 })
  await socket.next('read')
  expect((await visitor.call('GET /visitor-session', {})).unread).toBe(1)
})
