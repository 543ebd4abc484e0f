import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chart } from '../chart.ts'
import { type Growth, growthTable, inTurn, isFlat } from '../growth.ts'
import { Results } from '../results.ts'
import { mostRow, rateRow, timesRow } from '../row.ts'

const compared = (ratio: number) => ({ ours: 100 * ratio, limit: 100, ratio, spread: 0 })
const growth: Growth = { what: 'read', axis: 'SQLite: messages', sizes: [10, 1e3, 1e6], costs: [50, 20, 80], most: 3 }

test('what grows is held against the cheapest, wherever that is', () => {
  expect(isFlat(growth)).toBe(false)
  expect(isFlat({ ...growth, most: 4 })).toBe(true)
  expect(isFlat({ ...growth, most: undefined })).toBeUndefined()
  expect(growthTable([growth])).toMatch(/1 M .*4\.00×.*NO/s)
})

test('the sizes are taken in turn, and the median of each counts', async () => {
  const order: string[] = []
  const taken = { small: [3, 9, 1], large: [5, 5, 50] }
  const costs = await inTurn(3, ['small', 'large'] as const, async (size) => {
    order.push(size)
    return taken[size].shift() ?? Number.NaN
  })
  expect(costs).toEqual([3, 5])
  expect(order).toEqual(['small', 'large', 'small', 'large', 'small', 'large'])
})

test('a file of results has every row, says what was missed, and names no machine', () => {
  const results = new Results()
  results.addRows('SQLite', [rateRow('send & ack (bare chat)', '', compared(0.8), 0.75)])
  results.addRows('SQLite', [mostRow('start', 'ms', 700, 500)])
  results.addRows('Beside a chat with Socket.IO', [timesRow('SQLite: send', '', compared(2), 3)])
  results.addGrowths([growth])
  const folder = mkdtempSync(join(tmpdir(), 'signet-bench-'))
  results.write(folder)
  const text = readFileSync(join(folder, 'RESULTS.md'), 'utf8')
  const drawing = readFileSync(join(folder, 'results.svg'), 'utf8')
  rmSync(folder, { recursive: true })
  for (const words of ['send & ack', '80 %', 'start', 'NO', '2.0×', '1 M', 'results.svg']) expect(text).toContain(words)
  expect(text).not.toContain(hostname())
  for (const words of ['send &amp; ack, SQLite', '140 % missed', '2.0× missed', '4.00× missed']) {
    expect(drawing).toContain(words)
  }
})

test('a bar far beyond every mark is cut off and leaves the others readable', () => {
  const bar = { label: 'one', value: '', met: undefined }
  const drawing = chart([
    {
      title: '',
      hint: '',
      bars: [
        { ...bar, part: 90, mark: undefined },
        { ...bar, part: 1, mark: 1.5 },
      ],
    },
  ])
  const widths = [...drawing.matchAll(/class="plain"[^>]* width="([0-9.]+)"/g)].map(([, width]) => Number(width))
  expect(widths[0]).toBe(400)
  expect(widths[1]).toBeGreaterThan(100)
})
