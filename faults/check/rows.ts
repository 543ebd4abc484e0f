/** What is stored when all is over, as the checker wants it. */
import type { Seen, SeenConversation } from '../people/journal.ts'

export interface MessageRow extends Seen {
  changeNumber: number
}

export interface ConversationRow {
  id: string
  visitorId: string
  assigneeId: string | null
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
  api: { conversations: SeenConversation[]; messages: Seen[] }
}
