/** What one client saw, in the order in which it saw it. The checker knows of a client nothing but this. */
import { createHash } from 'node:crypto'
import type { ServerFrame } from '../../protocol/frames.ts'
import type { Conversation, Message, Role, VisitorConversation } from '../../protocol/records.ts'

export type Reader = { kind: 'visitor'; visitorId: string } | { kind: 'agent'; agentId: string }

/** A message, with its text as a digest: journals are kept in memory for a long time. */
export interface Seen {
  id: string
  clientId: string
  conversationId: string
  seq: number | null
  authorId: string | null
  digest: string
}

/** What a reader may know of a conversation beside its messages. */
export interface SeenConversation {
  id: string
  version: number
  state: string
  /** Undefined where the reader is not told. */
  assigneeId: string | null | undefined
  departmentId: string | null
  visitorReadSeq: number
  agentReadSeq: number
}

export type Entry =
  | { kind: 'hello'; cursor: string | undefined }
  /** `role`: an agent's, in which he sees what follows. */
  | { kind: 'welcome'; cursor: string; resumed: boolean; conversations: SeenConversation[]; role: Role | undefined }
  | { kind: 'reset' }
  | { kind: 'message'; message: Seen; cursor: string | undefined }
  | { kind: 'conversation'; conversation: SeenConversation; messages: Seen[] | undefined; cursor: string | undefined }
  | { kind: 'gone'; conversationId: string; cursor: string | undefined }
  | { kind: 'read'; conversationId: string; reader: 'visitor' | 'agent'; seq: number; cursor: string | undefined }
  /** `expected`: the code that this message must be refused with; it is bad on purpose. */
  | { kind: 'sent'; clientId: string; conversationId: string | undefined; digest: string; expected: string | undefined }
  | { kind: 'acked'; clientId: string; message: Seen }
  | { kind: 'refused'; clientId: string; code: string }
  /** Asks for everything over HTTP, because the stream began anew. */
  | { kind: 'listing' }
  | { kind: 'listed'; conversations: SeenConversation[] }
  | { kind: 'fetched'; conversationId: string; messages: Seen[] }
  | { kind: 'ended'; reason: string }
  | { kind: 'closed'; code: number }
  /** Has signed out, or was put out: nothing of what was on the screen is there any more. */
  | { kind: 'forgot' }
  /** What no server should ever say. */
  | { kind: 'nonsense'; text: string }

/** When it was noted, by the clock of the one process that everybody lives in, and the session that it came by. */
export type Noted = Entry & { at: number; session: string }

export interface Journal {
  name: string
  reader: Reader
  entries: readonly Noted[]
}

export const digestOf = (text: string): string => createHash('sha1').update(text).digest('base64url').slice(0, 12)

export const seen = (message: Message): Seen => ({
  id: message.id,
  clientId: message.clientId,
  conversationId: message.conversationId,
  seq: message.seq,
  authorId: message.author.id,
  digest: digestOf(message.text),
})

export const seenConversation = (record: Conversation | VisitorConversation): SeenConversation => ({
  id: record.id,
  version: record.version,
  state: record.state,
  assigneeId: 'assignee' in record ? (record.assignee?.id ?? null) : undefined,
  departmentId: record.department?.id ?? null,
  visitorReadSeq: record.visitorReadSeq,
  agentReadSeq: record.agentReadSeq,
})

/** The entry for a frame; nothing for what is gone if nobody is there to see it. */
export function entryOf(frame: ServerFrame): Entry | undefined {
  switch (frame.type) {
    case 'welcome': {
      const conversations = frame.conversations.map(seenConversation)
      const role = frame.self.kind === 'agent' ? frame.self.role : undefined
      return { kind: 'welcome', cursor: frame.cursor, resumed: frame.resumed, conversations, role }
    }
    case 'reset':
      return { kind: 'reset' }
    case 'ack':
      return { kind: 'acked', clientId: frame.clientId, message: seen(frame.message) }
    case 'message':
      return { kind: 'message', message: seen(frame.message), cursor: frame.cursor }
    case 'conversation': {
      const conversation = seenConversation(frame.conversation)
      return { kind: 'conversation', conversation, messages: frame.messages?.map(seen), cursor: frame.cursor }
    }
    case 'gone':
      return { kind: 'gone', conversationId: frame.conversationId, cursor: frame.cursor }
    case 'read': {
      const { conversationId, reader, seq, cursor } = frame
      return { kind: 'read', conversationId, reader, seq, cursor }
    }
    case 'ended':
      return { kind: 'ended', reason: frame.reason }
    default:
      return undefined
  }
}
