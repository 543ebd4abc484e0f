/** @jsxImportSource preact */
import { render } from 'preact'
import type { Core, Mounted } from '../core.ts'
import { lateDefaults } from '../late-settings.ts'
// No panel without the connection: asked for now, it is there sooner.
import '../live.ts'
import panelCss from '../styles/panel.css?inline'
import { App } from './app.tsx'
import { createChat } from './chat.ts'
import { loadTexts } from './languages.ts'
import { adopt } from './styles.ts'
import { tellPage } from './tell-page.ts'

/** Few pages want it to look in another way than it does. */
const looks = /^(bubble|font|button|fullscreen|size)/

/** Called by the loader, once, when somebody means to chat or something is unread. */
export async function mount(core: Core, host: HTMLElement, place: HTMLElement): Promise<Mounted> {
  core.learn(lateDefaults, core.shelf.get('claims'), core.shelf.get('set'))
  const texts = await loadTexts(core)
  adopt(place.getRootNode(), panelCss)
  place.lang = core.settings.lang
  place.dir = core.settings.lang === 'ar' ? 'rtl' : 'ltr'
  if (matchMedia('(max-width: 480px)').matches)
    import('./screen.ts').then((it) => it.fitToScreen(host), core.events.report)
  const size = core.shelf.get('size')
  if (size) core.setParameter('size', size)
  const dress = () => {
    if (Object.keys(core.given()).some((name) => looks.test(name))) {
      import('./looks.ts').then((it) => it.setLooks(core, host, place), core.events.report)
    }
  }
  dress()
  const undress = core.changes.listen(dress)
  let isCounted = false
  core.unread.subscribe((count) => {
    if (!count || isCounted) return
    isCounted = true
    import('./badge.ts').then(
      (it) => it.showBadge(core, place.nextElementSibling, texts.unread),
      (error) => {
        // With the next answer it is tried again.
        isCounted = false
        core.events.report(error)
      },
    )
  })
  const kept = core.isOpen.listen((isOpen) => {
    if (isOpen) return
    kept()
    import('./agents.ts').then((it) => it.keepAgentsFresh(core), core.events.report)
  })
  const chat = createChat(core)
  tellPage(core, chat)
  render(<App core={core} chat={chat} texts={texts} />, place)
  return {
    chat,
    unmount() {
      undress()
      render(null, place)
    },
  }
}
