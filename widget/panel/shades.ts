import { contrast, cssOf, ink, luminance, parseColor, type Rgb, white } from '../color.ts'
import { defaults, type Settings } from '../settings.ts'

const light: Rgb = [255, 255, 255]
const dark: Rgb = [27, 29, 34]

/** The accent as it is readable where it is text or a line: on light and on dark surfaces. */
export function setShades(host: HTMLElement, settings: Settings): void {
  const accent = parseColor(settings.themeColor) ?? parseColor(defaults.themeColor) ?? ink
  const shades = {
    '--accent-on-light': readableOn(accent, light, 4.5),
    '--accent-on-dark': readableOn(accent, dark, 4.5),
  }
  for (const [name, shade] of Object.entries(shades)) host.style.setProperty(name, cssOf(shade))
}

/** The colour itself, or as much of it as stays readable on this surface. */
export function readableOn(color: Rgb, surface: Rgb, wanted: number): Rgb {
  const toward = luminance(surface) > 0.4 ? ink : white
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, toward, share)
    if (contrast(mixed, surface) >= wanted) return mixed
  }
  return toward
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(one[at] * (1 - share) + other[at] * share)
  return [channel(0), channel(1), channel(2)]
}
