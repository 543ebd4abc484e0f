import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { ownBesideTexts } from '../texts/beside.ts'
import { showBox } from './beside-box.ts'

/** What an agent wrote while the chat was closed, beside the launcher. */
export async function showPreview(core: Core, { author, text, attachments }: Message, open: () => void): Promise<void> {
  const shadow = document.querySelector('#tiledesk-container')?.shadowRoot
  const words = await ownBesideTexts(core)
  if (!shadow || core.isOpen.get()) return
  showBox({
    core,
    shadow,
    name: 'preview',
    title: author.name ?? words.team,
    text: text || attachments?.map(({ name }) => `📎 ${name}`).join(' '),
    hide: words.hide,
    opened: open,
    closed: () => core.events.dispatch('onCloseMessagePreview', {}),
  })
}
