import { expect, test } from 'vitest'
import { message } from '../../client/test/records.ts'
import type { Row } from '../../client/timeline.ts'
import { dayName, placeRows } from '../panel/groups.ts'

const noon = new Date(2026, 10, 22, 12).getTime()
const ada = { kind: 'agent' as const, id: null, name: 'Ada' }
const me = { kind: 'visitor' as const, id: null, name: null }

function sent(author: typeof ada | typeof me, at: number): Row {
  const stored = message({ author, createdAt: at })
  return { state: 'sent', key: stored.clientId, message: stored }
}

function shape(rows: Row[]): string[] {
  return placeRows(rows).map(
    (one) => `${one.startsGroup ? '[' : ' '}${one.mine ? 'me' : one.name}${one.endsGroup ? ']' : ' '}`,
  )
}

test('messages of one author within three minutes are one group', () => {
  const rows = [sent(ada, noon), sent(ada, noon + 179_000), sent(ada, noon + 360_000), sent(me, noon + 361_000)]
  expect(shape(rows)).toEqual(['[Ada ', ' Ada]', '[Ada]', '[me]'])
})

test('a day begins with a heading', () => {
  const rows = [sent(ada, noon), sent(ada, noon + 1_000), sent(ada, noon + 86_400_000)]
  expect(placeRows(rows).map((one) => one.startsDay)).toEqual([true, false, true])
})

test('days near are named, others dated, in the language', () => {
  expect(dayName(noon, 'en', noon)).toBe('Today')
  expect(dayName(noon - 86_400_000, 'it', noon)).toBe('Ieri')
  expect(dayName(noon - 3 * 86_400_000, 'en-GB', noon)).toBe('Thursday 19 November')
})
