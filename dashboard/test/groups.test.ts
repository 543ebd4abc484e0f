import { expect, test } from 'vitest'
import type { Message } from '../../protocol/records.ts'
import { type Entry, itemsOf } from '../parts/groups.ts'
import { id, message, now } from './records.ts'

let next = 1000
function entry(overrides: Partial<Message> = {}): Entry {
  next += 1
  return { message: message({ id: id(next), clientId: id(next), ...overrides }), delivery: 'sent', files: [] }
}
const shape = (entries: Entry[]) =>
  itemsOf(entries, true).map((item) => (item.kind === 'group' ? `${item.side}×${item.entries.length}` : item.kind))

const agent = { kind: 'agent', id: id(7), name: 'Grace' } as const

test('messages of one author within three minutes stand together', () => {
  expect(shape([entry(), entry({ createdAt: now + 179_000 }), entry({ createdAt: now + 400_000 })])).toEqual([
    'day',
    'visitor×2',
    'visitor×1',
  ])
})

test('another author, a note and a system line each break the group', () => {
  const note = entry({ author: agent, kind: 'note', seq: null })
  const line = entry({ kind: 'system', author: { kind: 'system', id: null, name: null } })
  expect(shape([entry(), entry({ author: agent }), note, line, entry()])).toEqual([
    'day',
    'visitor×1',
    'agent×1',
    'note×1',
    'system',
    'visitor×1',
  ])
})

test('a new day gets a heading', () => {
  expect(shape([entry(), entry({ createdAt: now + 86_400_000 })])).toEqual(['day', 'visitor×1', 'day', 'visitor×1'])
})

test('[AG3] what was written without a signature inside a verified conversation stands apart and is marked', () => {
  const items = itemsOf([entry({ verification: null }), entry()], true)
  expect(items.map((item) => item.kind === 'group' && item.unverified)).toEqual([false, true, false])
})

test('[VS9] what was written after another sign-in stands apart, for its record is another', () => {
  const renewed = { keyId: id(90), issuedAt: now, verifiedAt: now }
  expect(shape([entry(), entry(), entry({ verification: renewed })])).toEqual(['day', 'visitor×2', 'visitor×1'])
})

test('nothing is marked in the conversation of somebody who was never verified', () => {
  const items = itemsOf([entry({ verification: null })], false)
  expect(items[1]).toMatchObject({ unverified: false })
})
