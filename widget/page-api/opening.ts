import type { Running } from '../run.ts'
import { readyChat } from './ready.ts'

/** A new conversation with this first message, before the visitor's eyes. */
export async function startConversation({ core, appearance }: Running, text: unknown): Promise<void> {
  const chat = await readyChat(core)
  chat.begin()
  appearance.open()
  if (text) chat.submit(String(text), {}, true)
}

export async function openConversation({ core, appearance }: Running, id: unknown): Promise<void> {
  appearance.open()
  const chat = await readyChat(core)
  const { list, find } = chat.conversations
  const stop = list.subscribe(() => {
    if (!find(String(id))) return
    queueMicrotask(() => stop())
    chat.open(String(id))
  })
}

/** `recipientId`: nothing opens for somebody who has not asked for the chat. A link that names another one has its way. */
export function openNamed(running: Running): void {
  const { given, isOpen } = running.core
  const { recipientid } = given()
  if (!recipientid || /tiledesk_conversation/i.test(location.search)) return
  const stop = isOpen.subscribe((isNow) => {
    if (!isNow) return
    queueMicrotask(() => stop())
    void openConversation(running, recipientid)
  })
}
