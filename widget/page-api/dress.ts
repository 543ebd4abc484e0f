import { phoneWidth } from '../appearance.ts'
import type { Core } from '../core.ts'
import type { Root } from '../root.ts'
import type { Running } from '../run.ts'
import { gather, type Settings } from '../settings.ts'
import looksCss from '../styles/page-looks.css?inline'
import { fadeOf } from './fade.ts'
import { lookDefaults } from './looks.ts'
import { isOneOf } from './on-page.ts'

const narrow = () => matchMedia(`(max-width: ${phoneWidth}px)`)

/** What each of these settings is in the styles, and of which property it must be a value. */
const properties = [
  ['launcherWidth', 'width'],
  ['launcherHeight', 'height'],
  ['baloonShape', 'border-radius'],
  ['mobileMarginX', 'right'],
  ['mobileMarginY', 'bottom'],
] as const

const shapes: Record<string, string> = { rounded: '16px', square: '0' }

/** The closed chat as this page wants it, and whether it is here at all, or open already. */
export function dressCloser({ core }: Running, root: Root, showCallout: () => Promise<void>): void {
  const { settings, changes } = core
  const { signal } = root.gone
  core.learn(lookDefaults)
  adopt(root.shadow)
  dress()
  stayOpen(core)
  const stop = changes.listen(dress)
  narrow().addEventListener('change', dress, { signal })
  const wait = Number(settings.calloutTimer)
  const isDue = wait >= 0 && !core.shelf.get('calloutClosed')
  const timer = isDue ? setTimeout(() => void showCallout(), wait * 1_000) : undefined
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    stop()
  })

  function dress(): void {
    const { host } = root
    for (const [name, property] of properties) {
      const value = `${settings[name]}`
      set(name, value && CSS.supports(property, value) ? value : '')
    }
    if (!settings.baloonShape) set('baloonShape', shapes[settings.launcherShape] ?? '')
    const address = settings.baloonImage || settings.launcherImage
    const image = /^(https?:|data:image\/|\/)/.test(address)
    set('baloonImage', image ? `url("${address.replace(/["\\\n]/g, encodeURIComponent)}")` : '')
    host.toggleAttribute('data-image', image)
    set('fade', fadeOf(settings, core.palette))
    host.toggleAttribute('data-fullscreen', settings.fullscreenMode)
    host.toggleAttribute('data-away', !isHere(settings))
  }

  function set(name: string, value: string): void {
    root.host.style.setProperty(`--${name}`, value)
  }
}

function isHere({ displayOnMobile, displayOnDesktop, displayOnPages, displayNotOnPages }: Settings): boolean {
  if (!(narrow().matches ? displayOnMobile : displayOnDesktop)) return false
  if (isOneOf(displayNotOnPages, location.href)) return false
  return !displayOnPages.length || isOneOf(displayOnPages, location.href)
}

/** What the page wants of a chat that was open on the page before; its own word for this page counts more. */
function stayOpen({ settings, shelf }: Core): void {
  const wish = narrow().matches ? settings.onPageChangeVisibilityMobile : settings.onPageChangeVisibilityDesktop
  const isSaid = 'isopen' in gather(window.tiledeskSettings)
  if (wish && !isSaid) settings.isOpen = wish === 'open' || (wish === 'last' && shelf.get('isOpen') === true)
}

function adopt(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(looksCss)
  shadow.adoptedStyleSheets.push(sheet)
}
