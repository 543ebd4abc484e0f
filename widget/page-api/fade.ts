import type { Palette, Rgb } from '../color.ts'
import type { Settings } from '../settings.ts'

/**
 * `themeColorOpacity`: the colour fades into white towards one end. No further than the icons on it stay visible.
 */
export function fadeOf({ themeColor, themeColorOpacity }: Settings, palette: Palette): string {
  const color = palette.parseColor(themeColor)
  const wanted = Math.min(100, Number(themeColorOpacity)) / 100
  if (!color || !(wanted >= 0) || wanted === 1) return ''
  const icon = palette.contrast(color, palette.white) >= 3 ? palette.white : palette.ink
  for (let share = wanted; share < 1; share += 0.05) {
    const end = mixed(color, share)
    if (palette.contrast(end, icon) >= 3) return `linear-gradient(${palette.cssOf(color)}, ${palette.cssOf(end)})`
  }
  return ''
}

function mixed(color: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(color[at] * share + 255 * (1 - share))
  return [channel(0), channel(1), channel(2)]
}
