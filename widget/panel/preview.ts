import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { besideTexts } from '../texts/beside.ts'
import { showBox } from './beside-box.ts'

/** What an agent wrote while the chat was closed, beside the launcher. */
export function showPreview(core: Core, { author, text }: Message, open: () => void): void {
  const shadow = document.querySelector('#tiledesk-container')?.shadowRoot
  if (!shadow) return
  showBox({
    core,
    shadow,
    name: 'preview',
    title: author.name ?? besideTexts(core.settings.lang).team,
    text,
    opened: open,
    closed: () => core.events.dispatch('onCloseMessagePreview', {}),
  })
}
