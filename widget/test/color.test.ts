import { expect, test } from 'vitest'
import { contrast, ink, inkOn, type Rgb, white } from '../color.ts'

test('contrast is that of WCAG', () => {
  expect(contrast(white, [0, 0, 0])).toBeCloseTo(21, 1)
  expect(contrast([0, 0, 0], white)).toBeCloseTo(21, 1)
})

test('[WG5] text on any theme colour is readable', () => {
  const steps = [0, 51, 102, 153, 204, 255]
  const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b): Rgb => [r, g, b])))
  const grays = Array.from({ length: 256 }, (_, value): Rgb => [value, value, value])
  for (const color of [...colors, ...grays]) {
    expect(contrast(color, inkOn(color)), String(color)).toBeGreaterThanOrEqual(4.5)
  }
  expect(inkOn([119, 119, 119])).toBe(ink)
  expect(inkOn([250, 204, 21])).toBe(ink)
  expect(inkOn([42, 106, 193])).toBe(white)
})
