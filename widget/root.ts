import { contrast, cssOf, ink, inkOn, parseColor } from './color.ts'
import type { Settings } from './settings.ts'
import launcherCss from './styles/launcher.css?inline'

export interface Root {
  host: HTMLElement
  shadow: ShadowRoot
  /** Aborted when the widget is taken off the page: given as options, it ends what listens. */
  gone: AbortController
  dress(settings: Settings): void
}

/** The widget's own corner of the page: its styles stay in, the page's stay out (WG4). */
export function createRoot(): Root {
  const host = document.createElement('div')
  host.id = 'tiledesk-container'
  host.hidden = true
  const shadow = host.attachShadow({ mode: 'open' })
  // Constructed, because a strict CSP knows no other way (WG4).
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(launcherCss)
  shadow.adoptedStyleSheets = [sheet]
  // What a visitor types is no business of the page's keyboard shortcuts.
  host.onkeydown = host.onkeyup = host.onkeypress = (event) => event.stopPropagation()
  return { host, shadow, gone: new AbortController(), dress: (settings) => dress(host, settings) }
}

function dress(host: HTMLElement, settings: Settings): void {
  const accent = parseColor(settings.themeColor) ?? ink
  const wished = parseColor(settings.themeForegroundColor)
  const foreground = wished && contrast(accent, wished) >= 3 ? wished : inkOn(accent)
  set('accent', cssOf(accent))
  set('accent-ink', cssOf(foreground))
  set('margin-x', lengthOf(settings.marginX))
  set('margin-y', lengthOf(settings.marginY))

  function set(name: string, value: string): void {
    host.style.setProperty(`--${name}`, value)
  }
}

function lengthOf(margin: string): string {
  return CSS.supports('top', margin) ? margin : `${Number.parseInt(margin, 10) || 20}px`
}
