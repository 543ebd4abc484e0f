export interface Launcher {
  element: HTMLButtonElement
  show(isOpen: boolean): void
}

const bubble = 'M4 5h16v11h-9l-4 4v-4H4Z'
const chevron = 'm6 9.5 6 6 6-6'

/** The round button in the corner. Plain DOM: it is what every page pays for. */
export function createLauncher(onClick: () => void, onIntent: () => void): Launcher {
  const element = document.createElement('button')
  element.className = 'launcher'
  const image = svg('svg')
  const line = svg('path')
  image.setAttribute('viewBox', '0 0 24 24')
  image.append(line)
  element.append(image)
  element.onclick = onClick
  // A finger enters, too, before it taps.
  element.onpointerenter = element.onfocus = onIntent
  return {
    element,
    show(isOpen) {
      line.setAttribute('d', isOpen ? chevron : bubble)
      element.ariaExpanded = `${isOpen}`
    },
  }
}

function svg(name: string): Element {
  return document.createElementNS('http://www.w3.org/2000/svg', name)
}
