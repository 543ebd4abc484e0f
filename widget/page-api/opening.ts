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
