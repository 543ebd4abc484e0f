import type { Core } from '../core.ts'
import { dressDefaults } from '../dress-settings.ts'
import looksCss from '../styles/looks.css?inline'
import { adopt } from './styles.ts'

/** Settings that are a property of the styles, by the name that the styles have for it, and what it is for. */
const looks = [
  ['bubbleSentBackground', 'sent', 'color'],
  ['bubbleSentTextColor', 'sent-ink', 'color'],
  ['bubbleReceivedBackground', 'received', 'color'],
  ['bubbleReceivedTextColor', 'received-ink', 'color'],
  ['fontSize', 'size', 'font-size'],
  ['fontFamily', 'family', 'font-family'],
  ['buttonFontSize', 'button-size', 'font-size'],
  ['buttonBackgroundColor', 'button', 'color'],
  ['buttonTextColor', 'button-ink', 'color'],
  ['buttonHoverBackgroundColor', 'button-hover', 'color'],
  ['buttonHoverTextColor', 'button-hover-ink', 'color'],
] as const

let isAdopted = false

/** How the page wants it to look; what is no value of that property is left as it was. */
export function setLooks({ settings, learn }: Core, { style }: HTMLElement, place: HTMLElement): void {
  if (!isAdopted) {
    adopt(place.getRootNode(), looksCss)
    learn(dressDefaults)
    isAdopted = true
  }
  for (const [setting, name, property] of looks) {
    const value = settings[setting]
    if (value && CSS.supports(property, value)) style.setProperty(`--${name}`, value)
    else style.removeProperty(`--${name}`)
  }
  place.className = settings.fullscreenMode ? 'size-full' : `size-${settings.size}`
}
