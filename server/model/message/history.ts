import type { Message } from '../../../protocol/records.ts'
import type { Database } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { Refused } from '../refused.ts'
import { messageFromRow } from './record.ts'

export interface HistoryQuery {
  /** Everything after this seq, oldest first. */
  after?: number | undefined
  /** What came before this message. */
  before?: string | undefined
  limit: number
  /** Notes and agents' system lines too? */
  agentView: boolean
}

/** Messages of one conversation, oldest first, and whether there are more in the direction asked for. */
export async function readMessages(
  { database }: { database: Pick<Database, 'rows'> },
  conversationId: string,
  query: HistoryQuery,
): Promise<{ messages: Message[]; more: boolean }> {
  const visible = query.agentView ? '' : 'and seq is not null'
  const rows =
    query.after !== undefined
      ? await database.rows<MessageTable>(
          `select * from messages where conversation_id = ? and change_number > coalesce(
             (select change_number from messages where conversation_id = ? and seq <= ? order by seq desc limit 1), 0)
             ${visible}
           order by change_number limit ?`,
          [conversationId, conversationId, query.after, query.limit + 1],
        )
      : await database.rows<MessageTable>(
          `select * from messages where conversation_id = ? and change_number < ? ${visible}
           order by change_number desc limit ?`,
          [conversationId, await numberOf(database, conversationId, query.before, visible), query.limit + 1],
        )
  const messages = rows.slice(0, query.limit).map(messageFromRow)
  return { messages: query.after === undefined ? messages.reverse() : messages, more: rows.length > query.limit }
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

/** The place of a message that the reader may see; behind the last one if none is named. */
async function numberOf(
  database: Pick<Database, 'rows'>,
  conversationId: string,
  id: string | undefined,
  visible: string,
): Promise<number> {
  if (id === undefined) return Number.MAX_SAFE_INTEGER
  const [row] = await database.rows<{ change_number: number }>(
    `select change_number from messages where id = ? and conversation_id = ? ${visible}`,
    [id, conversationId],
  )
  if (!row) throw new Refused('not_found', { field: 'before' })
  return row.change_number
}
