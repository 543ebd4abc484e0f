import type { ConversationFacts } from '../access.ts'
import type { Model } from '../model.ts'

interface FactsRow {
  id: string
  visitor_id: string
  assignee_id: string | null
  department_id: string | null
}

/** What decides who may see a conversation, and no more. */
export async function findConversationFacts(
  { database }: Pick<Model, 'database'>,
  projectId: string,
  id: string,
): Promise<ConversationFacts | undefined> {
  const [row] = await database.rows<FactsRow>(
    'select id, visitor_id, assignee_id, department_id from conversations where id = ? and project_id = ?',
    [id, projectId],
  )
  return row && factsFromRow(row)
}

export function factsFromRow(row: FactsRow): ConversationFacts {
  return { id: row.id, visitorId: row.visitor_id, assigneeId: row.assignee_id, departmentId: row.department_id }
}
