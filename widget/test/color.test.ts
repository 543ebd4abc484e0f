import { expect, test } from 'vitest'
import { contrast, ink, inkOn, palette, type Rgb, white } from '../color.ts'
import { readableOn } from '../panel/shades.ts'

test('contrast is that of WCAG', () => {
  expect(contrast(white, [0, 0, 0])).toBeCloseTo(21, 1)
  expect(contrast([0, 0, 0], white)).toBeCloseTo(21, 1)
})

test('[WG5] text on any theme colour is readable, and so is the colour as text', () => {
  const steps = [0, 51, 102, 153, 204, 255]
  const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b): Rgb => [r, g, b])))
  for (const color of colors) {
    expect(contrast(color, inkOn(color))).toBeGreaterThanOrEqual(4)
    expect(contrast(readableOn(color, white, 4.5, palette), white)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(readableOn(color, [27, 29, 34], 4.5, palette), [27, 29, 34])).toBeGreaterThanOrEqual(4.5)
  }
  expect(inkOn([250, 204, 21])).toBe(ink)
  expect(inkOn([42, 106, 193])).toBe(white)
})
