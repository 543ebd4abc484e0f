import type { Beside, Core } from '../core.ts'
import type { Root } from '../root.ts'
import { ownBesideTexts } from '../texts/beside.ts'
import { showBox } from './beside-box.ts'

/** The callout: a word to a visitor who has not opened the chat. Whoever has closed it once does not see it again. */
export async function mount(core: Core, { shadow }: Root): Promise<Beside> {
  const { settings, events, shelf, isOpen } = core
  const words = await ownBesideTexts(core)

  return {
    showCallout() {
      if (isOpen.get() || shelf.get('calloutClosed')) return
      const box = showBox({
        core,
        shadow,
        name: 'callout',
        title: settings.calloutTitle || words.calloutTitle,
        text: settings.calloutMsg || words.calloutMsg,
        hide: words.hide,
        closed() {
          shelf.set('calloutClosed', true)
          events.dispatch('onClosedEyeCatcher', {})
        },
      })
      if (box) events.dispatch('onOpenEyeCatcher', { default_settings: settings })
    },
  }
}
