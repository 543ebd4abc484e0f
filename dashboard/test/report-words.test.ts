import { expect, test } from 'vitest'
import { ceiling } from '../pages/reports/day-bars.tsx'
import { duration, ratingOf, share } from '../pages/reports/words.ts'

const minute = 60_000

test.each([
  [0, '1 s'],
  [12_300, '12 s'],
  [4.4 * minute, '4 min'],
  [60 * minute, '1 h'],
  [95 * minute, '1 h 35 min'],
  [119.9 * minute, '2 h'],
  [31 * 60 * minute, '1 d 7 h'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test('ratings and shares are nothing where there is nothing', () => {
  expect([ratingOf([0, 0, 0, 0, 0]), share(0, 0)]).toEqual([null, null])
  expect(ratingOf([1, 0, 0, 0, 3])).toEqual({ average: '4.0', count: 4 })
  expect(share(5, 6)).toBe('83 %')
})

test('a scale ends at what is easily halved, and never below its bars', () => {
  expect([0, 1, 3, 5, 7, 9, 11, 51, 247].map(ceiling)).toEqual([2, 2, 4, 6, 8, 10, 20, 60, 400])
})
