import type { AuditEntry } from '../../protocol/admin-records.ts'
import { requireAction } from './access.ts'
import type { Member } from './caller.ts'
import type { Model } from './model.ts'
import { afterPage, cutPage, type PageQuery } from './page.ts'

/** Who changed what (SS9), the latest first. */
export async function readAuditLog(
  { database }: Pick<Model, 'database'>,
  member: Member,
  { page, limit }: PageQuery,
): Promise<{ entries: AuditEntry[]; nextPage: string | null }> {
  requireAction(member, 'readAuditLog')
  const rows = await database.read
    .selectFrom('audit_log')
    .select(['id', 'agent_id', 'action', 'detail', 'address', 'created_at'])
    .select((row) => row.selectFrom('agents as a').select('a.name').whereRef('a.id', '=', 'agent_id').as('name'))
    .where('project_id', '=', member.projectId)
    .where(afterPage(page))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  const entries = shown.map((row) => ({
    id: row.id,
    at: row.created_at,
    agent: row.agent_id === null ? null : { id: row.agent_id, name: row.name ?? '' },
    action: row.action,
    detail: JSON.parse(row.detail),
    address: row.address,
  }))
  return { entries, nextPage }
}
