export type Rgb = readonly [red: number, green: number, blue: number]

export const white: Rgb = [255, 255, 255]
export const ink: Rgb = [0, 0, 0]

/** The page's colour as numbers. The browser reads it: whatever it does not know as red, green and blue is none. */
export function parseColor(color: string): Rgb | undefined {
  const { style } = new Option()
  style.color = color
  const [red, green, blue] = (/^rgb.*/.exec(style.color)?.[0].match(/[\d.]+/g) ?? []).map(Number)
  return blue === undefined ? undefined : [red ?? 0, green ?? 0, blue]
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const ratio = (luminance(one) + 0.05) / (luminance(other) + 0.05)
  return Math.max(ratio, 1 / ratio)
}

/** White, or black where black is easier to read. Any lighter ink leaves greys on which nothing can be read well. */
export function inkOn(color: Rgb): Rgb {
  return luminance(color) < 0.18 ? white : ink
}

export function cssOf(color: Rgb): string {
  return `rgb(${color.join(' ')})`
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** sRGB's curve within half a percent. */
function linear(channel: number): number {
  return (channel / 255) ** 2.2
}

/** The loader's arithmetic of colours, handed to the panel so that nobody downloads it twice. */
export const palette = { parseColor, contrast, cssOf, ink, white }
export type Palette = typeof palette
