import type { Transaction } from '../../db/database.ts'
import { type ConversationFacts, maySee } from '../access.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import type { Reader } from '../changes-since.ts'
import type { Model } from '../model.ts'

interface Row {
  id: string
  visitor_id: string
  assignee_id: string | null
  department_id: string | null
  last_seq: number
  read_seq: number
}

/** How far somebody has read; only ever forward, and never past the last message. */
export async function markRead(
  model: Pick<Model, 'database' | 'bus'>,
  projectId: string,
  reader: Reader,
  conversationId: string,
  seq: number,
): Promise<void> {
  await model.database.transaction(async (tx) => {
    const column = reader.kind === 'visitor' ? 'visitor_read_seq' : 'agent_read_seq'
    const found = await findReadable(tx, projectId, reader, conversationId, column)
    if (!found) return
    const read = Math.min(seq, found.row.last_seq)
    if (read <= found.row.read_seq) return
    const number = await nextNumber(tx, projectId)
    await tx.rows(`update conversations set ${column} = ?, change_number = ?, record_number = ? where id = ?`, [
      read,
      number,
      number,
      conversationId,
    ])
    publishOnCommit(tx, model.bus, projectId, [
      { kind: 'read', number, facts: found.facts, reader: reader.kind, seq: read },
    ])
  })
}

async function findReadable(
  tx: Transaction,
  projectId: string,
  reader: Reader,
  conversationId: string,
  column: 'visitor_read_seq' | 'agent_read_seq',
): Promise<{ row: Row; facts: ConversationFacts } | undefined> {
  const [row] = await tx.rows<Row>(
    `select id, visitor_id, assignee_id, department_id, last_seq, ${column} as read_seq from conversations
     where id = ? and project_id = ?`,
    [conversationId, projectId],
  )
  if (!row) return undefined
  const { visitor_id: visitorId, assignee_id: assigneeId, department_id: departmentId } = row
  const facts = { id: row.id, visitorId, assigneeId, departmentId }
  const may = reader.kind === 'visitor' ? visitorId === reader.caller.visitorId : maySee(reader.member, facts)
  return may ? { row, facts } : undefined
}
