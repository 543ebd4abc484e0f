import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8')
const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light: luminance(light), dark: luminance(dark) }],
  ),
)
const white = { light: 1, dark: 1 }

/** Relative luminance of an OKLCH colour, by way of linear sRGB. */
function luminance(text: string): number {
  const [l = 0, c = 0, h = 0] = text.split(/\s+/).map(Number)
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
  const green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
  const blue = -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue)
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function of(name: string) {
  const pair = name === 'white' ? white : pairs.get(name)
  if (pair === undefined) throw new Error(`There is no pair --${name}.`)
  return pair
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'float']
const onSurfaces = ['ink-0', 'ink-1', 'ink-2'].flatMap((ink) => surfaces.map((surface) => [ink, surface] as const))

test.each([
  ...onSurfaces,
  ['accent-text', 'surface-0'],
  ['accent-text', 'surface-3'],
  ['accent-text', 'float'],
  ['white', 'accent'],
  ['white', 'accent-hover'],
  ['white', 'bad-fill'],
  ['ink-0', 'accent-soft'],
  ['ink-1', 'accent-soft'],
  ['ink-0', 'note'],
  ['note-ink', 'note'],
  ['good', 'surface-0'],
  ['good', 'good-soft'],
  ['warn', 'surface-0'],
  ['warn', 'surface-3'],
  ['warn', 'warn-soft'],
  ['bad', 'surface-0'],
  ['bad', 'float'],
  ['bad', 'bad-soft'],
] as const)('text in %s on %s has a contrast of 4.5, light and dark', (ink, surface) => {
  expect(contrast(of(ink).light, of(surface).light)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(of(ink).dark, of(surface).dark)).toBeGreaterThanOrEqual(4.5)
})

test.each([
  ['line-strong', 'surface-0'],
  ['line-strong', 'surface-1'],
  ['line-strong', 'float'],
  ['seal', 'surface-0'],
  ['seal', 'surface-1'],
  ['seal', 'surface-3'],
  ['white', 'seal'],
] as const)('the line or figure %s on %s has a contrast of 3, light and dark', (line, surface) => {
  expect(contrast(of(line).light, of(surface).light)).toBeGreaterThanOrEqual(3)
  expect(contrast(of(line).dark, of(surface).dark)).toBeGreaterThanOrEqual(3)
})
