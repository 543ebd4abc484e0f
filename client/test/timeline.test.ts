import { expect, test } from 'vitest'
import type { OutboxEntry } from '../outbox-entry.ts'
import { createTimeline } from '../timeline.ts'
import { conversationId, message } from './records.ts'

function unsent(clientId: string, text: string): OutboxEntry {
  return { clientId, owner: 'ada', conversationId, text, createdAt: 1, state: 'pending' }
}

function drawn(timeline: ReturnType<typeof createTimeline>): string[] {
  return timeline.rows
    .get()
    .map((row) => (row.state === 'sent' ? row.message.text : `${row.entry.text} (${row.state})`))
}

test('[DL3] stands in the order of seq, however it arrives', () => {
  const timeline = createTimeline()
  timeline.add([message({ seq: 3, text: 'c' })])
  timeline.add([message({ seq: 1, text: 'a', createdAt: 1_900_000_000_000 }), message({ seq: 2, text: 'b' })])
  expect(drawn(timeline)).toEqual(['a', 'b', 'c'])
})

test('notes and system lines stand where they were written', () => {
  const timeline = createTimeline()
  timeline.add([
    message({ seq: null, kind: 'note', text: 'note', createdAt: 15 }),
    message({ seq: null, kind: 'system', text: 'last', createdAt: 40 }),
    message({ seq: 2, text: 'b', createdAt: 20 }),
    message({ seq: 1, text: 'a', createdAt: 10 }),
  ])
  expect(drawn(timeline)).toEqual(['a', 'note', 'b', 'last'])
})

test('a message that comes twice is drawn once, in its newer form', () => {
  const timeline = createTimeline()
  const first = message({ text: 'before' })
  timeline.add([first])
  timeline.add([{ ...first, text: 'after' }])
  expect(drawn(timeline)).toEqual(['after'])
})

test('[DL5] pending turns into sent in its place and is never drawn twice', () => {
  const timeline = createTimeline()
  const stored = message({ text: 'mine' })
  timeline.setUnsent([unsent(stored.clientId, 'mine'), unsent('other', 'next')])
  const key = timeline.rows.get()[0]?.key
  timeline.add([stored])
  expect(drawn(timeline)).toEqual(['mine', 'next (pending)'])
  expect(timeline.rows.get()[0]?.key).toBe(key)
})

test('failed messages carry their reason', () => {
  const timeline = createTimeline()
  const failure = { code: 'text_too_long', message: 'Too long.' }
  timeline.setUnsent([{ ...unsent('x', 'long'), state: 'failed', failure }])
  expect(timeline.rows.get()).toMatchObject([{ state: 'failed', failure }])
})

test('[DL4] after a reset only the fresh page stands, with what is unsent', () => {
  const timeline = createTimeline()
  timeline.add([message({ seq: 1, text: 'old' })])
  timeline.setUnsent([unsent('x', 'mine')])
  timeline.replace([message({ seq: 2_000, text: 'new' })])
  expect(drawn(timeline)).toEqual(['new', 'mine (pending)'])
})
