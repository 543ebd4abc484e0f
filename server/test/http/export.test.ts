import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop
let visitor: Caller
let conversation: string

beforeAll(async () => {
  signet = await Signet.start({ config: { messageBurst: 100_000 } })
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  const before = await shop.admit()
  conversation = (await (await shop.connect(before.session)).write('before')).conversationId
  const { session } = await shop.signIn({}, { previousSession: before.session })
  visitor = signet.visitor(session)
  await visitor.call('POST /visitor-session/carry-over', { body: { keep: true } })
  await (await shop.connect(session)).write('after', conversation)
  await write({ text: 'an answer' })
  await write({ text: 'careful with her', kind: 'note' })
})

const params = () => ({ params: { conversation } })
const write = (body: { text: string; kind?: 'note' }) =>
  shop.owner.caller.call('POST /conversations/:conversation/messages', {
    ...params(),
    body: { clientId: crypto.randomUUID(), ...body },
  })
const exported = (by: Caller, page?: string) =>
  by.call('GET /conversations/:conversation/export', { ...params(), query: page === undefined ? {} : { page } })

test('[VS9] has the conversation with every message and how its author was verified', async () => {
  const whole = await exported(shop.owner.caller)
  expect(whole).toMatchObject({ exportedAt: signet.clock.ms, nextPage: null })
  expect('visitor' in whole.conversation && whole.conversation.visitor.name).toBe('Grace')
  expect(whole.messages.map(({ text, verification }) => [text, verification?.keyId ?? null])).toEqual([
    ['before', null],
    ['after', shop.keyId],
    ['an answer', null],
    ['careful with her', null],
  ])
})

test('[VS9][DL11] has no notes and nothing of the agents’ view for the visitor', async () => {
  const whole = await exported(visitor)
  expect(whole.messages.map(({ text }) => text)).toEqual(['before', 'after', 'an answer'])
  expect(JSON.stringify(whole)).not.toMatch(/careful|"tags"|"assignee"|"visitor":\{/)
})

test('[VS9][AG7] is for whoever may read the conversation', async () => {
  const [mine, theirs] = [await shop.member('agent'), await shop.member('agent')]
  await shop.owner.caller.call('PATCH /conversations/:conversation', { ...params(), body: { assigneeId: theirs.id } })
  const key = 'GET /conversations/:conversation/export'
  const asked = { ...params(), query: {} }
  expect(await mine.caller.refusal(key, asked)).toBe('not_found conversation')
  expect(await theirs.caller.refusal(key, asked)).toBe('accepted')
  const other = await shop.signIn({ external_id: 'other' })
  expect(await signet.visitor(other.session).refusal(key, asked)).toBe('not_found conversation')
  expect(await signet.anybody.refusal(key, asked)).toBe('not_signed_in')
})

test('[VS9] comes in pages when it is large, without a gap or a repeat', async () => {
  const socket = await shop.connect((await shop.signIn()).session)
  const texts = Array.from({ length: 220 }, (_, index) => `${index} ${'x'.repeat(7_000)}`)
  for (const text of texts)
    socket.say({ type: 'send', clientId: crypto.randomUUID(), conversationId: conversation, text })
  await socket.next('ack', ({ message }) => message.text === texts.at(-1))
  const pages = [await exported(visitor)]
  for (let page = pages[0]?.nextPage ?? null; page !== null; page = pages.at(-1)?.nextPage ?? null) {
    pages.push(await exported(visitor, page))
  }
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(3_000_000)
  const got = pages.flatMap(({ messages }) => messages)
  expect(got.map(({ text }) => text)).toEqual(['before', 'after', 'an answer', ...texts])
  expect(got.map(({ seq }) => seq)).toEqual(got.map((_, index) => index + 1))
})

test('[HT5] is not read where everybody is served', async () => {
  const { database } = signet.app.model
  const asked: string[] = []
  const { rows } = database
  database.rows = (sql, parameters) => {
    asked.push(sql)
    return rows(sql, parameters)
  }
  const { visitor } = await shop.signIn()
  const params = { project: shop.id, visitor: visitor.id }
  await exported(shop.owner.caller)
  await shop.owner.caller.call('GET /projects/:project/visitors/:visitor/export', { params, query: {} })
  database.rows = rows
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((sql) => /from messages/.test(sql))).toEqual([])
})
