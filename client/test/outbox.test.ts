import { expect, test } from 'vitest'
import { createOutbox } from '../outbox.ts'
import type { OutboxEntry } from '../outbox-entry.ts'
import { memoryStore } from '../outbox-store.ts'
import { fakeClock } from './fake-clock.ts'
import { conversationId } from './records.ts'

function setUp(store = memoryStore(), online = true) {
  const clock = fakeClock()
  const sent: OutboxEntry[] = []
  const wire = { online }
  const outbox = createOutbox({
    store,
    clock,
    random: () => 1,
    send(entry) {
      if (wire.online) sent.push(entry)
      return wire.online
    },
  })
  const texts = () => outbox.entries.get().map((entry) => `${entry.text} ${entry.state}`)
  const sentTexts = () => sent.map((entry) => entry.text)
  return { outbox, store, clock, sent, wire, texts, sentTexts }
}

const hello = { conversationId, text: 'Hello' }
const again = { conversationId, text: 'Again' }

test('[DL5] what is written offline goes when the wire is there, once, and leaves when it is acked', async () => {
  const { outbox, store, wire, sent, texts } = setUp(memoryStore(), false)
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  expect(texts()).toEqual(['Hello pending'])
  wire.online = true
  outbox.flush()
  outbox.flush()
  expect(sent.length).toBe(1)
  outbox.settle({ clientId, conversationId })
  expect(texts()).toEqual([])
  expect(await store.list('ada')).toEqual([])
})

test('[DL5] unsent messages outlive a reload', async () => {
  const before = setUp(memoryStore(), false)
  await before.outbox.showTo('ada')
  const { clientId } = before.outbox.add(hello)
  const after = setUp(before.store)
  await after.outbox.showTo('ada')
  expect(after.sent).toMatchObject([{ clientId, text: 'Hello' }])
})

test('[DL5] they are shown to their writer alone', async () => {
  const { outbox, wire, texts, sent } = setUp(memoryStore(), false)
  await outbox.showTo('ada')
  outbox.add(hello)
  const showing = outbox.showTo('bob')
  expect(texts()).toEqual([])
  wire.online = true
  await showing
  expect(texts()).toEqual([])
  expect(sent).toEqual([])
  await outbox.showTo('ada')
  expect(sent.length).toBe(1)
})

test('[DL5] two changes of identity in a row show the last one only', async () => {
  const { outbox, texts } = setUp(memoryStore(), false)
  await outbox.showTo('ada')
  outbox.add(hello)
  await outbox.showTo(undefined)
  await Promise.all([outbox.showTo('ada'), outbox.showTo('bob')])
  expect(texts()).toEqual([])
})

test('[DL5] a refused message stays with its reason, and can be tried again', async () => {
  const { outbox, store, texts, sent } = setUp()
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  outbox.refuse({ clientId, code: 'text_too_long', message: 'Too long.' })
  expect(outbox.entries.get()).toMatchObject([{ state: 'failed', failure: { code: 'text_too_long' } }])
  expect(await store.list('ada')).toMatchObject([{ state: 'failed' }])
  outbox.retry(clientId)
  expect(texts()).toEqual(['Hello pending'])
  expect(sent.length).toBe(2)
})

test('[DL5] a failed message can be deleted, and is gone from the browser', async () => {
  const { outbox, store } = setUp()
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  outbox.refuse({ clientId, code: 'text_invalid', message: 'No.' })
  outbox.remove(clientId)
  expect(await store.list('ada')).toEqual([])
})

test('[DL5] rate_limited keeps a message pending and tries when it may', async () => {
  const { outbox, clock, texts, sent } = setUp()
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  outbox.refuse({ clientId, code: 'rate_limited', message: 'Wait.', retryAfterMs: 5_000 })
  expect(texts()).toEqual(['Hello pending'])
  outbox.flush()
  clock.advance(4_999)
  expect(sent.length).toBe(1)
  clock.advance(1)
  expect(sent.length).toBe(2)
})

test('[DL5] a session that ended keeps messages pending for the next one', async () => {
  const { outbox, texts } = setUp()
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  outbox.refuse({ clientId, code: 'session_ended', message: 'Sign in again.' })
  expect(texts()).toEqual(['Hello pending'])
})

test('keeps the order of a conversation: one message on its way at a time', async () => {
  const { outbox, sentTexts } = setUp()
  await outbox.showTo('ada')
  const first = outbox.add(hello)
  outbox.add(again)
  expect(sentTexts()).toEqual(['Hello'])
  outbox.settle({ clientId: first.clientId, conversationId })
  expect(sentTexts()).toEqual(['Hello', 'Again'])
})

test('a refused message does not hold up the next', async () => {
  const { outbox, sentTexts } = setUp()
  await outbox.showTo('ada')
  const first = outbox.add(hello)
  outbox.add(again)
  outbox.refuse({ clientId: first.clientId, code: 'text_invalid', message: 'No.' })
  expect(sentTexts()).toEqual(['Hello', 'Again'])
})

test('messages of a conversation to come wait for the first to found it', async () => {
  const { outbox, sent } = setUp()
  await outbox.showTo('ada')
  const first = outbox.add({ conversationId: null, text: 'Hello' })
  outbox.add({ conversationId: null, text: 'Anyone?' })
  expect(sent).toMatchObject([{ text: 'Hello', conversationId: null }])
  outbox.settle({ clientId: first.clientId, conversationId })
  expect(sent[1]).toMatchObject({ text: 'Anyone?', conversationId })
})

test('when the first is refused, the next founds the conversation', async () => {
  const { outbox, sent } = setUp()
  await outbox.showTo('ada')
  const first = outbox.add({ conversationId: null, text: 'Too long' })
  const second = outbox.add({ conversationId: null, text: 'Short' })
  outbox.refuse({ clientId: first.clientId, code: 'text_too_long', message: 'Too long.' })
  expect(sent[1]).toMatchObject({ text: 'Short', conversationId: null })
  outbox.settle({ clientId: second.clientId, conversationId })
  outbox.retry(first.clientId)
  expect(sent[2]).toMatchObject({ text: 'Too long', conversationId })
})

test('what was on its way when the wire broke goes again under the same client id', async () => {
  const { outbox, sent } = setUp()
  await outbox.showTo('ada')
  const { clientId } = outbox.add(hello)
  outbox.interrupted()
  outbox.flush()
  expect(sent.map((entry) => entry.clientId)).toEqual([clientId, clientId])
})

test('an ack that never comes is asked for again', async () => {
  const { outbox, clock, sent } = setUp()
  await outbox.showTo('ada')
  outbox.add(hello)
  clock.advance(15_000)
  expect(sent.length).toBe(2)
})

test('an ack of somebody else, or of another tab, changes nothing', async () => {
  const { outbox, texts } = setUp()
  await outbox.showTo('ada')
  outbox.add(hello)
  outbox.settle({ clientId: '018f0000-0000-7000-8000-000000000000', conversationId })
  expect(texts()).toEqual(['Hello pending'])
})

test('[VS6] wiping forgets one identity and leaves the others', async () => {
  const { outbox, store, wire, texts } = setUp(memoryStore(), false)
  await outbox.showTo('bob')
  outbox.add(again)
  await outbox.showTo('ada')
  outbox.add(hello)
  await outbox.wipe('ada')
  wire.online = true
  expect(texts()).toEqual([])
  expect(await store.list('ada')).toEqual([])
  expect(await store.list('bob')).toHaveLength(1)
})

test('nobody cannot write', () => {
  expect(() => setUp().outbox.add(hello)).toThrow()
})
