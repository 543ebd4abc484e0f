import type { Palette, Rgb } from '../color.ts'

// The bubbles' surfaces: what can be read there can be read on the panel's own, which have more contrast.
const light: Rgb = [244, 245, 247]
const dark: Rgb = [42, 45, 52]

/** The accent as it is readable where it is text or a line: on light and on dark surfaces. */
export function setShades({ style }: HTMLElement, palette: Palette): void {
  const accent = palette.parseColor(style.getPropertyValue('--accent')) ?? palette.ink
  const shade = (name: string, surface: Rgb) =>
    style.setProperty(name, palette.cssOf(readableOn(accent, surface, 4.5, palette)))
  shade('--accent-on-light', light)
  shade('--accent-on-dark', dark)
}

/** The colour itself, or as much of it as stays readable on this surface. */
export function readableOn(color: Rgb, surface: Rgb, wanted: number, palette: Palette): Rgb {
  const toward = palette.luminance(surface) > 0.4 ? palette.ink : palette.white
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, toward, share)
    if (palette.contrast(mixed, surface) >= wanted) return mixed
  }
  return toward
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(one[at] * (1 - share) + other[at] * share)
  return [channel(0), channel(1), channel(2)]
}
