import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { asPageConversation, asPageMessage } from '../page-shapes.ts'
import type { Chat } from './chat.ts'

/** Pages look in `component.g` for the conversation on the screen, to send messages there. */
export function tellPage({ settings }: Core, { conversation }: Chat): void {
  conversation.subscribe((present) => {
    settings.activeConversation = present && asPageConversation(present)
    settings.recipientId = present?.id ?? ''
  })
}

/** Pages of the early versions change what a message looks like, once it is on the screen. */
export function tellRendered({ events, settings }: Core, message: Message, messageEl: Element): void {
  if (messageEl.id) return
  messageEl.id = message.id
  for (const when of ['before', 'after'])
    events.dispatch(`${when}MessageRender`, { message: asPageMessage(message, settings), messageEl })
}
