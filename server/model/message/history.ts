import type { Message } from '../../../protocol/records.ts'
import type { Database } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { Refused } from '../refused.ts'
import { messageFromRow } from './record.ts'

export interface HistoryQuery {
  /** Everything after this seq, or after this message, oldest first. */
  after?: number | string | undefined
  /** What came before this message. */
  before?: string | undefined
  /** This message, half a page before it and half a page after it. */
  around?: string | undefined
  limit: number
  /** Notes and agents' system lines too? */
  agentView: boolean
}

interface History {
  messages: Message[]
  /** Are there more in the direction asked for; before the first of them, if it was both? */
  more: boolean
  /** Are there more after the last? Only of what was around a message. */
  newer?: boolean
}

interface Conversation {
  database: Pick<Database, 'rows'>
  id: string
  /** What its reader does not see is as if it were not there. */
  visible: string
}

/** Messages of one conversation, oldest first. */
export async function readMessages(
  { database }: { database: Pick<Database, 'rows'> },
  id: string,
  { after, before, around, limit, agentView }: HistoryQuery,
): Promise<History> {
  const conversation = { database, id, visible: agentView ? '' : 'and seq is not null' }
  if (around !== undefined) return readAround(conversation, await numberOf(conversation, 'around', around), limit)
  if (typeof after === 'number') return readAfter(conversation, await numberOfSeq(conversation, after), limit)
  if (after !== undefined) return readAfter(conversation, await numberOf(conversation, 'after', after), limit)
  if (before === undefined) return readBefore(conversation, Number.MAX_SAFE_INTEGER, limit)
  return readBefore(conversation, await numberOf(conversation, 'before', before), limit)
}

async function readAround(conversation: Conversation, number: number, limit: number): Promise<History> {
  const half = Math.floor(limit / 2)
  const older = await readBefore(conversation, number, half)
  const rest = await readAfter(conversation, number - 1, limit - half)
  return { messages: [...older.messages, ...rest.messages], more: older.more, newer: rest.more }
}

async function readAfter({ database, id, visible }: Conversation, number: number, limit: number): Promise<History> {
  const rows = await database.rows<MessageTable>(
    `select * from messages where conversation_id = ? and change_number > ? ${visible}
     order by change_number limit ?`,
    [id, number, limit + 1],
  )
  return { messages: rows.slice(0, limit).map(messageFromRow), more: rows.length > limit }
}

async function readBefore({ database, id, visible }: Conversation, number: number, limit: number): Promise<History> {
  const rows = await database.rows<MessageTable>(
    `select * from messages where conversation_id = ? and change_number < ? ${visible}
     order by change_number desc limit ?`,
    [id, number, limit + 1],
  )
  return { messages: rows.slice(0, limit).map(messageFromRow).reverse(), more: rows.length > limit }
}

/** What came after a change of the conversation's project, oldest first. */
export function messagesAfter(
  { database }: { database: Pick<Database, 'rows'> },
  conversationId: string,
  { after, limit, agentView }: { after: number; limit: number; agentView: boolean },
): Promise<MessageTable[]> {
  return database.rows<MessageTable>(
    `select * from messages where conversation_id = ? and change_number > ? ${agentView ? '' : 'and seq is not null'}
     order by change_number limit ?`,
    [conversationId, after, limit],
  )
}

/** The latest that a visitor may see of what was there before a change, oldest first. */
export async function messagesBefore(
  { database }: { database: Pick<Database, 'rows'> },
  conversationId: string,
  before: number,
  limit: number,
): Promise<Message[]> {
  const rows = await database.rows<MessageTable>(
    `select * from messages where conversation_id = ? and change_number < ? and seq is not null
     order by change_number desc limit ?`,
    [conversationId, before, limit],
  )
  return rows.map(messageFromRow).reverse()
}

/** The place of the last message up to a seq; before the first one if there is none. */
async function numberOfSeq({ database, id }: Conversation, seq: number): Promise<number> {
  const [row] = await database.rows<{ change_number: number }>(
    'select change_number from messages where conversation_id = ? and seq <= ? order by seq desc limit 1',
    [id, seq],
  )
  return row?.change_number ?? 0
}

/** The place of a message that the reader may see. */
async function numberOf(
  { database, id, visible }: Conversation,
  field: 'after' | 'before' | 'around',
  message: string,
): Promise<number> {
  const [row] = await database.rows<{ change_number: number }>(
    `select change_number from messages where id = ? and conversation_id = ? ${visible}`,
    [message, id],
  )
  if (!row) throw new Refused('not_found', { field })
  return row.change_number
}
