/** @jsxImportSource preact */
import { render } from 'preact'
import type { Core } from '../core.ts'
// No panel without the connection: asked for now, it is there sooner.
import '../live.ts'
import panelCss from '../styles/panel.css?inline'
import { keepAgentsFresh } from './agents.ts'
import { App } from './app.tsx'
import { createChat } from './chat.ts'
import { loadTexts } from './languages.ts'
import { fitToScreen } from './screen.ts'
import { setShades } from './shades.ts'

/** Called by the loader, once, when somebody means to chat or something is unread. */
export async function mount(core: Core, host: HTMLElement, place: HTMLElement): Promise<string> {
  const texts = await loadTexts(core.settings.lang)
  const shadow = place.getRootNode()
  if (shadow instanceof ShadowRoot) adopt(shadow, panelCss)
  place.lang = core.settings.lang
  place.dir = core.settings.lang === 'ar' ? 'rtl' : 'ltr'
  fitToScreen(host)
  setShades(host, core.palette)
  core.changes.listen(() => setShades(host, core.palette))
  keepAgentsFresh(core)
  render(<App core={core} chat={createChat(core)} texts={texts} />, place)
  return texts.unread
}

/** Constructed, because a strict CSP knows no other way (WG4). */
function adopt(shadow: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet]
}
