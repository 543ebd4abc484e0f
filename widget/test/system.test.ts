import { beforeEach, expect, test } from 'vitest'
import { lineOf } from '../panel/more/system.tsx'
import { setWords } from '../panel/more/words.ts'
import type { Settings } from '../settings.ts'
import { moreTexts } from '../texts/more-de.ts'

const all = { showInfoMessage: 'MEMBER_JOINED_GROUP, CHAT_CLOSED' } as Settings
const text = 'As the server wrote it.'
const labelled = (messagelabel: unknown) => ({ kind: 'system' as const, text, attributes: { messagelabel } })

beforeEach(() => setWords(moreTexts))

test('[WG5] a line of the server’s own is said in the visitor’s language', () => {
  const joined = labelled({ key: 'MEMBER_JOINED_GROUP', parameters: { fullname: '$& Grace' } })
  expect(lineOf(joined, all)).toBe('$& Grace ist dem Gespräch beigetreten.')
  expect(lineOf(labelled({ key: 'CHAT_CLOSED', parameters: {} }), all)).toBe('Das Gespräch wurde geschlossen.')
})

test('[WG1] showInfoMessage decides which lines show', () => {
  expect(lineOf(labelled({ key: 'CHAT_REOPENED' }), all)).toBe('')
})

test('what people write is theirs, whatever its attributes say', () => {
  expect(lineOf({ ...labelled({ key: 'CHAT_CLOSED' }), kind: 'text' }, all)).toBe(text)
})

test('a line without words here is said as the server wrote it', () => {
  for (const label of [undefined, null, 7, {}, { key: 'LIVE_PAGE' }, { key: 'constructor' }])
    expect(lineOf(labelled(label), all)).toBe(text)
})
