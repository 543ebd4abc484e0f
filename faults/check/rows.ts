/** What is stored when all is over, as the checker wants it. */
import type { Role } from '../../protocol/records.ts'
import type { Seen, SeenConversation } from '../people/journal.ts'

export interface MessageRow extends Seen {
  changeNumber: number
  /** The secret that its author was verified by. */
  keyId: string | null
  /** Says what happened; nobody sent it. */
  line: boolean
}

/** A visitor's session, by the hash of its token. */
export interface SessionRow {
  key: string
  keyId: string | null
  endReason: string | null
  /** The secret that it came in through has been revoked. */
  revoked: boolean
}

export interface ConversationRow {
  id: string
  visitorId: string
  assigneeId: string | null
  departmentId: string | null
  state: string
  lastSeq: number
  lastMessageId: string | null
  visitorReadSeq: number
  agentReadSeq: number
  changeNumber: number
}

/** One project as SQL tells it, and as the API tells it to its owner. */
export interface Rows {
  epoch: string
  changeNumber: number
  messages: MessageRow[]
  conversations: ConversationRow[]
  sessions: SessionRow[]
  /** Who is a member in the end. */
  roles: ReadonlyMap<string, Role>
  /** The departments of each who is in one in the end. */
  departments: ReadonlyMap<string, string[]>
  api: { conversations: SeenConversation[]; messages: Seen[] }
}
