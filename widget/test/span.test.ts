import { expect, test } from 'vitest'
import type { Row } from '../../client/timeline.ts'
import { edgesOf, further, nearer, type Span } from '../panel/span.ts'

const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const key = `m${from + index}`
    // Only keys are looked at.
    return { state: 'sent', key } as unknown as Row
  })

test('a conversation is drawn from its end, and follows it', () => {
  expect(edgesOf(rowsOf(0, 40), {})).toEqual([0, 40])
  expect(edgesOf(rowsOf(0, 5_000), {})).toEqual([4_880, 5_000])
  expect(edgesOf(rowsOf(0, 5_001), {})).toEqual([4_881, 5_001])
})

test('who reads on sees every message, and never more than a few hundred are drawn', () => {
  const rows = rowsOf(0, 5_000)
  let span: Span = {}
  const starts = new Set<number>()
  for (let step = 0; step < 200; step++) {
    const [start, end] = edgesOf(rows, span)
    expect(end - start).toBeLessThanOrEqual(240)
    starts.add(start)
    span = further(rows, span)
  }
  expect(edgesOf(rows, span)[0]).toBe(0)
  expect(starts.size).toBe(Math.ceil(4_880 / 60) + 1)
  for (let step = 0; step < 200; step++) span = nearer(rows, span)
  expect(edgesOf(rows, span)[1]).toBe(5_000)
  expect(span.last).toBeUndefined()
})

test('earlier messages that arrive do not change what is drawn', () => {
  const before = further(rowsOf(200, 500), {})
  const [start, end] = edgesOf(rowsOf(200, 500), before)
  expect(edgesOf(rowsOf(0, 500), before)).toEqual([start + 200, end + 200])
})

test('a message whose row is gone is no end to hold on to', () => {
  expect(edgesOf(rowsOf(0, 300), { first: 'gone', last: 'gone' })).toEqual([180, 300])
})
