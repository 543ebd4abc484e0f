import type { Core } from '../core.ts'
import besideCss from '../styles/beside.css?inline'

interface Box {
  core: Core
  shadow: ShadowRoot
  /** A second one of the same name takes the place of the first. */
  name: 'callout' | 'preview'
  title: string
  text: string
  /** What the button is called that takes it away. */
  hide: string
  opened?: () => void
  closed: () => void
}

const dressed = new WeakSet<ShadowRoot>()

/** Plain DOM: it may be there without the panel. It goes when the chat is opened, and is never in the way of the page. */
export function showBox({ core, shadow, name, title, text, hide, opened, closed }: Box): HTMLElement {
  adopt(shadow)
  shadow.querySelector(`.beside.${name}`)?.remove()
  const box = make('div', `beside ${name}`)
  const open = make('button', 'open')
  const close = make('button', 'shut')
  const head = make('strong', '', title)
  head.dir = 'auto'
  const body = make('span', '', text)
  body.dir = 'auto'
  box.setAttribute('role', 'status')
  close.ariaLabel = hide
  open.append(head, body)
  close.textContent = '✕'
  box.append(open, close)
  shadow.append(box)

  const stop = core.isOpen.listen((isOpen) => {
    if (isOpen) leave()
  })
  function leave() {
    stop()
    box.remove()
  }
  open.addEventListener('click', () => {
    opened?.()
    leave()
    const method: unknown = Object(window.tiledesk).open
    if (typeof method === 'function') method()
  })
  close.addEventListener('click', () => {
    leave()
    closed()
    shadow.querySelector<HTMLElement>('.launcher')?.focus({ preventScroll: true })
  })
  return box
}

function make(tag: 'div' | 'button' | 'strong' | 'span', className: string, text = ''): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  if (element instanceof HTMLButtonElement) element.type = 'button'
  return element
}

function adopt(shadow: ShadowRoot): void {
  if (dressed.has(shadow)) return
  dressed.add(shadow)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(besideCss)
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet]
}
