import type { Attachment, Message, VisitorConversation } from '../../../protocol/records.ts'

/** What the stand-in for a server says, and what the page wants. */
export interface Scene {
  settings?: Record<string, unknown>
  project?: Record<string, unknown>
  conversations?: VisitorConversation[]
  /** By conversation, oldest first. */
  messages?: Record<string, Message[]>
  /** Whom the browser keeps; a guest who has never written unless said otherwise. */
  who?: Record<string, unknown>
  /** Sends that the server refuses, by what is in their text. */
  refuses?: RegExp
  /** What the next message has. */
  uploaded?: Attachment[]
  /** The socket never opens, or nothing answers at all. */
  isSilent?: boolean
  /** Comes as soon as the socket is open. */
  arriving?: Message | undefined
  locale?: string
}

/** A weekday noon, so that the pictures are the same every day. */
export const now = Date.UTC(2026, 10, 18, 12, 0)
const minute = 60_000

export const projectId = '0197f3a2-0000-7000-8000-0000000000aa'
export const idOf = (number: number) => `0197f3a2-0000-7000-8000-${String(number).padStart(12, '0')}`

let count = 1_000

interface Said {
  by?: 'visitor' | 'agent' | 'system'
  name?: string
  text: string
  ago: number
  attributes?: Record<string, unknown>
  attachments?: Attachment[]
}

/** Messages of one conversation, from who said what how many minutes ago. */
export function talk(conversation: string, said: Said[]): Message[] {
  return said.map(({ by = 'visitor', name = 'Grace Hopper', text, ago, attributes = {}, attachments = [] }, index) => ({
    id: idOf(count++),
    clientId: idOf(count++),
    conversationId: conversation,
    seq: index + 1,
    author: { kind: by, id: by === 'system' ? null : idOf(by === 'agent' ? 7 : 8), name: by === 'agent' ? name : null },
    verification: null,
    kind: by === 'system' ? 'system' : 'text',
    text,
    attributes,
    attachments,
    createdAt: now - ago * minute,
  }))
}

export function about(id: string, messages: Message[], more: Partial<VisitorConversation> = {}): VisitorConversation {
  const last = messages.at(-1)
  return {
    id,
    version: 1,
    state: 'open',
    lastSeq: messages.length,
    visitorReadSeq: messages.length,
    agentReadSeq: messages.length,
    lastMessage: last ?? null,
    department: null,
    rating: null,
    createdAt: messages[0]?.createdAt ?? now,
    lastActivityAt: last?.createdAt ?? now,
    ...more,
  }
}
