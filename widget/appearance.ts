import type { Core, Mounted, PanelModule } from './core.ts'
import { createLauncher } from './launcher.ts'
import { once, panelFile } from './modules.ts'
import type { Root } from './root.ts'
import { launcherName } from './texts/launcher.ts'
import { ownersOfUnsent } from './unsent.ts'
import { isSignedIn } from './who.ts'

export interface Appearance {
  open(): void
  close(): void
  show(): void
  hide(): void
  /** Fetched once, and mounted; it shows nothing by itself. */
  panel(): Promise<Mounted>
}

/** Up to this width the panel covers the page, and does not open by itself after a change of page. */
export const phoneWidth = 480

/** What there is to see before the panel: the launcher, its badge, and when any of it shows at all. */
export function createAppearance(core: Core, { host, shadow, dress }: Root, settled: Promise<unknown>): Appearance {
  const { settings, events, isOpen, unread, session, shelf } = core
  const place = document.createElement('div')
  const panel = once<PanelModule, Mounted>(
    core.base,
    panelFile(),
    (module) => module.mount(core, host, place),
    (trouble) => {
      close()
      events.report(trouble)
    },
  )
  const launcher = createLauncher(toggle, prepare)
  let isReady = false
  let isHidden = settings.startHidden || !settings.isShown
  /** Pages of the older generations show the widget themselves when somebody has signed in. */
  let awaitsSomebody = !settings.autoStart && !core.isLate

  function draw(): void {
    launcher.show(isOpen.get())
    host.hidden = isHidden || awaitsSomebody || !isReady
    host.className = `${isOpen.get() ? 'open' : 'closed'} ${settings.align}`
  }

  function prepare(): void {
    panel().catch(() => {})
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
    settings.isOpen = open
    shelf.set('isOpen', open)
    events.dispatch(open ? 'onOpen' : 'onClose', { default_settings: settings })
  }

  shadow.append(place, launcher.element)
  document.body.append(host)
  isOpen.listen(draw)
  unread.subscribe((count) => {
    if (count || ownersOfUnsent(shelf).length) prepare()
  })
  session.who.subscribe((now) => {
    if (isSignedIn(now)) awaitsSomebody = false
    draw()
  })
  settled.then(
    () => {
      isReady = true
      dress(settings)
      launcher.element.ariaLabel ||= launcherName(settings.lang)
      draw()
      if (settings.isOpen || settings.fullscreenMode) open()
    },
    () => {},
  )
  return {
    open,
    close,
    panel,
    show() {
      isHidden = awaitsSomebody = false
      draw()
    },
    hide() {
      isHidden = true
      draw()
    },
  }
}
