import type { ConversationState } from '../../../protocol/records.ts'
import { inSightOf } from '../access.ts'
import type { ApiKeyCaller } from '../caller.ts'
import type { Reader } from '../changes-since.ts'
import type { Model } from '../model.ts'
import { afterPage } from '../page.ts'
import { type ConversationRecord, loadConversations } from './record.ts'

/** An API key reads as an agent who sees everything. */
export type ListReader = Reader | { kind: 'agent'; member: ApiKeyCaller }

export interface ListQuery {
  state?: ConversationState | undefined
  /** `null`: nobody. */
  assigneeId?: string | null | undefined
  /** `null`: none. */
  departmentId?: string | null | undefined
  page?: string | undefined
  limit: number
}

/** A page of what the reader may see, the latest activity first. */
export async function listConversations(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  projectId: string,
  reader: ListReader,
  query: ListQuery,
): Promise<{ records: ConversationRecord[]; nextPage: string | null }> {
  let rows = model.database.read
    .selectFrom('conversations as c')
    .select(['c.id', 'c.last_activity_at'])
    .where('c.project_id', '=', projectId)
  rows =
    reader.kind === 'visitor'
      ? rows.where('c.visitor_id', '=', reader.caller.visitorId)
      : rows.where(inSightOf(reader.member))
  if (query.state) rows = rows.where('c.state', 'in', statesFor(reader, query.state))
  if (query.assigneeId === null) rows = rows.where('c.assignee_id', 'is', null)
  else if (query.assigneeId !== undefined) rows = rows.where('c.assignee_id', '=', query.assigneeId)
  if (query.departmentId === null) rows = rows.where('c.department_id', 'is', null)
  else if (query.departmentId !== undefined) rows = rows.where('c.department_id', '=', query.departmentId)
  const found = await rows
    .where(afterPage(query.page, { at: 'c.last_activity_at', id: 'c.id', first: 'latest' }))
    .orderBy('c.last_activity_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  const records = await loadConversations(
    model.database.read,
    model,
    shown.map((row) => row.id),
  )
  return { records, nextPage: last && found.length > query.limit ? `${last.last_activity_at}.${last.id}` : null }
}

/** A visitor is not told of snoozing (DL11): for him it is open. */
function statesFor(reader: ListReader, state: ConversationState): ConversationState[] {
  if (reader.kind === 'agent' || state === 'resolved') return [state]
  return state === 'open' ? ['open', 'snoozed'] : []
}
