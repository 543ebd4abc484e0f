import { launcherName } from './texts/launcher.ts'

export interface Launcher {
  element: HTMLButtonElement
  show(isOpen: boolean, unread: number, unreadWord: string): void
}

const svg = 'http://www.w3.org/2000/svg'
const bubble = 'M4 5h16v11h-9l-4 4v-4H4Z'
const chevron = 'm6 9.5 6 6 6-6'

/** The round button in the corner. Plain DOM: it is what every page pays for. */
export function createLauncher(language: () => string, onClick: () => void, onIntent: () => void): Launcher {
  const element = document.createElement('button')
  const badge = document.createElement('span')
  element.className = 'launcher'
  badge.className = 'badge'
  badge.ariaHidden = 'true'
  element.append(icon(bubble), icon(chevron), badge)
  element.addEventListener('click', onClick)
  // A finger enters, too, before it taps.
  element.addEventListener('pointerenter', onIntent)
  element.addEventListener('focus', onIntent)
  return {
    element,
    show(isOpen, unread, unreadWord) {
      element.ariaExpanded = `${isOpen}`
      element.ariaLabel = launcherName(language(), isOpen ? 0 : unread, unreadWord)
      badge.textContent = isOpen || !unread ? '' : unread > 99 ? '99+' : `${unread}`
    },
  }
}

function icon(path: string): SVGElement {
  const image = document.createElementNS(svg, 'svg')
  const line = document.createElementNS(svg, 'path')
  image.setAttribute('viewBox', '0 0 24 24')
  line.setAttribute('d', path)
  image.append(line)
  return image
}
