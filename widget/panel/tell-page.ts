import type { Message } from '../../protocol/records.ts'
import { globalsOf } from '../announce.ts'
import type { Core } from '../core.ts'
import { asPageConversation, asPageMessage } from '../page-shapes.ts'
import type { Chat } from './chat.ts'

/** Pages look in `component.g` for the conversation on the screen, to send messages there. */
export function tellPage({ settings, events }: Core, { conversation, turn, isLoaded }: Chat): void {
  conversation.subscribe((present) => {
    settings.activeConversation = present && asPageConversation(present)
    settings.recipientId = present?.id ?? ''
  })
  turn.subscribe(() => {
    if (!conversation.get() && isLoaded.get())
      events.dispatch('onNewConversationComponentInit', { ...globalsOf(settings), newConvId: '' })
  })
}

const rendered = new Set<string>()

/** Pages of the early versions change what a message looks like, once it is on the screen. */
export function tellRendered({ events, settings }: Core, message: Message, messageEl: Element): void {
  if (rendered.has(message.id)) return
  rendered.add(message.id)
  for (const name of ['beforeMessageRender', 'afterMessageRender'])
    events.dispatch(name, { message: asPageMessage(message, settings), messageEl })
}
