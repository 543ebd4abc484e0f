import type { Core } from '../core.ts'
import { readyChat } from './ready.ts'

interface Wish {
  text: string
  recipientId: string
  type: string
  metadata: unknown
  attributes: object
}

/** Where the parts of a message stand when a page gives them one by one, in each version of the method. */
const longForm = [
  'tenant',
  'senderId',
  'senderFullname',
  'message',
  'type',
  'metadata',
  'recipientId',
  '',
  'attributes',
]
const earlyForm = ['senderFullname', 'recipientId', 'recipientFullname', 'message', 'type', 'channelType', 'attributes']
const supportForm = ['message', 'recipientId', 'type', 'metadata', 'attributes']

/** `sendMessage`: seven parts in version 2, more in version 4, one object in version 5. */
export function messageOf(given: readonly unknown[]): Wish {
  return asWish(given, given.length > earlyForm.length ? longForm : earlyForm)
}

/** `sendSupportMessage`: five parts in version 4, one object in version 5. */
export function supportMessageOf(given: readonly unknown[]): Wish {
  return asWish(given, supportForm)
}

/** Sends it without the composer, to the conversation it names if that is the visitor's, or to the present one. */
export async function send(core: Core, { text, recipientId, type, metadata, attributes }: Wish): Promise<void> {
  const chat = await readyChat(core)
  const { conversation, conversations } = chat
  if (recipientId && conversation.get()?.id !== recipientId && conversations.find(recipientId)) chat.open(recipientId)
  const kind = type === 'text' ? {} : { type }
  chat.submit(text, { ...kind, ...(metadata ? { metadata } : {}), ...attributes }, true)
}

function asWish(given: readonly unknown[], form: readonly string[]): Wish {
  const [first] = given
  const parts: Record<string, unknown> =
    first !== null && typeof first === 'object'
      ? { ...first }
      : Object.fromEntries(form.map((name, at) => [name, given[at]]))
  const {
    message = 'hello',
    text = message,
    recipientId = parts.recipient,
    type = 'text',
    metadata,
    attributes,
  } = parts
  return {
    text: String(text),
    recipientId: String(recipientId ?? ''),
    type: String(type || 'text'),
    metadata,
    attributes: Object(attributes),
  }
}
