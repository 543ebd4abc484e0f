import type { Message, VisitorConversation, VisitorSelf } from '../protocol/records.ts'
import { shownLast } from './panel/message-attributes.ts'
import type { Settings } from './settings.ts'

/** Whoever is signed in, as sign-ins give him to the page. */
export function asPageUser(visitor: Partial<VisitorSelf>) {
  const { id, externalId, name } = visitor
  const [firstname, lastname] = name?.split(/ (.*)/) ?? []
  return { ...visitor, uid: externalId ?? id, fullname: name, firstname, lastname }
}

/** A message as pages written for either generation expect it. */
export function asPageMessage(message: Message, settings: Settings): Record<string, unknown> {
  return {
    uid: message.id,
    language: settings.lang,
    recipient: message.conversationId,
    recipient_fullname: '',
    sender: message.author.id ?? '',
    sender_fullname: message.author.name ?? '',
    status: 150,
    metadata: '',
    text: message.text,
    timestamp: message.createdAt,
    type: 'text',
    attributes: message.attributes,
    channel_type: 'group',
    projectid: settings.projectid,
    isSender: message.author.kind === 'visitor',
  }
}

export function asPageConversation(conversation: VisitorConversation) {
  const { lastMessage } = conversation
  const text = shownLast(conversation)?.text ?? ''
  const readSeq = conversation[lastMessage?.author.kind === 'visitor' ? 'agentReadSeq' : 'visitorReadSeq']
  return {
    uid: conversation.id,
    recipient: conversation.id,
    status: conversation.lastSeq > readSeq ? 150 : 300,
    conversation_with: conversation.id,
    sender: lastMessage?.author.id ?? '',
    sender_fullname: lastMessage?.author.name ?? '',
    last_message_text: text,
    text,
    timestamp: lastMessage?.createdAt ?? conversation.createdAt,
    is_new: conversation.lastSeq > conversation.visitorReadSeq,
    archived: conversation.state === 'resolved',
    attributes: lastMessage?.attributes ?? {},
    channel_type: 'group',
    type: 'text',
  }
}
