/**
 * What happened to a conversation, as a line in it that its visitor reads, too (DL3). It is stored in the turn of what
 * happened, not through append.ts: nobody sends it, nobody waits for it, and it must be there exactly when that is.
 * The key lets whoever shows it say it in his own language.
 */
import type { Transaction } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { type Change, nextNumber } from '../change.ts'
import type { ConversationRecord } from '../conversation/record.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { messageFromRow, noAttachments } from './record.ts'
import { messageStore } from './store.ts'

export interface SystemLine {
  /** As pages written for Tiledesk know it. */
  key: 'MEMBER_JOINED_GROUP' | 'CHAT_CLOSED' | 'CHAT_REOPENED'
  parameters: Record<string, string>
  text: string
}

export const reopenedLine: SystemLine = {
  key: 'CHAT_REOPENED',
  parameters: {},
  text: 'The conversation was opened again.',
}

/** Stores a line behind the `linesBefore` that this turn has stored already, and gives the change to be published. */
export async function insertSystemLine(
  tx: Transaction,
  model: Pick<Model, 'now'>,
  { facts, projectId, agentView }: ConversationRecord,
  linesBefore: number,
  line: SystemLine,
): Promise<Change> {
  const seq = agentView.lastSeq + linesBefore + 1
  const number = await nextNumber(tx, projectId)
  const place = { projectId, conversationId: facts.id, number, seq }
  const row = rowOfLine(line, place, model.now())
  await messageStore(tx).insertMessages([row])
  // Whoever had read everything has nothing unread because of it, and it answers nobody.
  await tx.rows(
    `update conversations set last_seq = ?, change_number = ?,
       visitor_read_seq = case when visitor_read_seq = last_seq then ? else visitor_read_seq end,
       agent_read_seq = case when agent_read_seq = last_seq then ? else agent_read_seq end
     where id = ?`,
    [seq, number, seq, seq, facts.id],
  )
  return { kind: 'message', number, facts, message: messageFromRow(row) }
}

interface Place {
  projectId: string
  conversationId: string
  number: number
  seq: number
}

/** A line as it is stored: a message without an author. */
export function rowOfLine({ text, key, parameters }: SystemLine, place: Place, now: number): MessageTable {
  return {
    id: newId(),
    project_id: place.projectId,
    conversation_id: place.conversationId,
    client_id: newId(),
    change_number: place.number,
    seq: place.seq,
    author_kind: 'system',
    author_id: null,
    author_name: null,
    key_id: null,
    token_issued_at: null,
    verified_at: null,
    kind: 'system',
    text,
    attributes: JSON.stringify({ subtype: 'info', messagelabel: { key, parameters } }),
    created_at: now,
    attachments: noAttachments,
  }
}
