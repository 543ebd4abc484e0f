import { expect, test } from 'vitest'
import { compare, median, quantile } from '../rounds.ts'
import { mostRow, rateRow, table } from '../row.ts'

const given = (figures: number[]) => async () => figures.shift() ?? Number.NaN

test('the median and the quantiles are figures that were measured', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4)
})

test('what is compared is measured in turn, and the ratio is the median of the pairs', async () => {
  const { ours, limit, ratio } = await compare(3, given([10, 40, 20]), given([20, 80, 38]))
  expect([ours, limit, ratio]).toEqual([20, 38, 0.5])
})

test('pairs that disagree are measured again, up to twice as many', async () => {
  let calls = 0
  const wander = async () => [1, 5, 1, 5, 1, 5, 1, 5][calls++] ?? 0
  await compare(2, wander, async () => 1)
  expect(calls).toBe(4)
})

test('a budget that is missed is said', () => {
  const slow = rateRow('append', '', { ours: 7, limit: 10, ratio: 0.7, spread: 0 }, 0.75)
  const fast = mostRow('start', 'ms', 480, 500)
  expect([slow.met, fast.met]).toEqual([false, true])
  expect(table([slow])).toContain('NO')
})
