export type Rgb = readonly [red: number, green: number, blue: number]

export const white: Rgb = [255, 255, 255]
export const ink: Rgb = [22, 24, 29]

/** The page's colour as numbers; hex and rgb() are what the settings allow. */
export function parseColor(color: string): Rgb | undefined {
  const hex = /^\s*#(\w{3}|\w{6})\s*$/.exec(color)?.[1]
  const parts = hex
    ? (hex.length === 3 ? hex.replace(/./g, '$&$&') : hex).match(/../g)?.map((part) => Number.parseInt(part, 16))
    : /^\s*rgb/i.test(color) && color.match(/\d+/g)?.map(Number)
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts || []
  return red + green + blue >= 0 ? [red, green, blue] : undefined
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const ratio = (luminance(one) + 0.05) / (luminance(other) + 0.05)
  return Math.max(ratio, 1 / ratio)
}

/** White, or dark ink where ink is easier to read: both contrasts are the same at this luminance. */
export function inkOn(color: Rgb): Rgb {
  return luminance(color) < 0.2 ? white : ink
}

export function cssOf(color: Rgb): string {
  return `rgb(${color.join(' ')})`
}

export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share > 0.04 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92
}

/** The loader's arithmetic of colours, handed to the panel so that nobody downloads it twice. */
export const palette = { parseColor, contrast, luminance, cssOf, ink, white }
export type Palette = typeof palette
