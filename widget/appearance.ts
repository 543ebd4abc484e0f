import type { Core, PanelModule } from './core.ts'
import { createLauncher } from './launcher.ts'
import { once, panelFile } from './modules.ts'
import type { Root } from './root.ts'
import { ownersOfUnsent } from './unsent.ts'
import { isSignedIn } from './who.ts'

export interface Appearance {
  open(): void
  close(): void
  setHidden(hidden: boolean): void
}

/** Up to this width the panel covers the page, and does not open by itself after a change of page. */
export const phoneWidth = 480

/** What there is to see before the panel: the launcher, its badge, and when any of it shows at all. */
export function createAppearance(
  core: Core,
  { host, shadow, dress }: Root,
  isLateGeneration: boolean,
  dressed: Promise<unknown>,
): Appearance {
  const { settings, events, isOpen, unread, session, shelf } = core
  const place = document.createElement('div')
  const loadPanel = once<PanelModule, string>(
    () => `${core.base}/widget/${panelFile()}`,
    (module) => module.mount(core, host, place),
    (trouble) => {
      close()
      events.report(trouble)
    },
  )
  const launcher = createLauncher(() => settings.lang, toggle, prepare)
  let unreadWord = ''
  let isReady = false
  let isHidden = settings.startHidden
  /** Pages of the older generations show the widget themselves when somebody has signed in. */
  let awaitsSomebody = !settings.autoStart && !isLateGeneration

  function draw(): void {
    launcher.show(isOpen.get(), unread.get(), unreadWord)
    host.hidden = isHidden || awaitsSomebody || !isReady
    host.className = `${isOpen.get() ? 'open' : 'closed'} ${settings.align}`
  }

  function prepare(): void {
    loadPanel().then(
      (word) => {
        unreadWord = word
        draw()
      },
      () => {},
    )
  }

  function toggle(): void {
    if (isOpen.get()) close()
    else open()
  }

  function open(): void {
    if (isOpen.get()) return
    turn(true)
    if (session.who.get().state === 'out') void session.welcomeGuest()
    prepare()
  }

  function close(): void {
    if (isOpen.get()) turn(false)
  }

  function turn(open: boolean): void {
    isOpen.set(open)
    shelf.set('isOpen', open)
    events.dispatch(open ? 'onOpen' : 'onClose', { default_settings: settings })
  }

  shadow.append(place, launcher.element)
  document.body.append(host)
  isOpen.listen(draw)
  unread.subscribe((count) => {
    draw()
    if (count || ownersOfUnsent(shelf).length) prepare()
  })
  session.who.subscribe((now) => {
    if (isSignedIn(now)) awaitsSomebody = false
    draw()
  })
  dressed.then(
    () => {
      isReady = true
      dress(settings)
      draw()
      if (settings.isOpen) open()
    },
    () => {},
  )
  return {
    open,
    close,
    setHidden(hidden) {
      isHidden = hidden
      if (!hidden) awaitsSomebody = false
      draw()
    },
  }
}
