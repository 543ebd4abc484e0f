/** Sessions that have long been over, and visitors of whom nothing is left with them. */
import type { Transaction } from '../../db/database.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'

type Keeping = Pick<Model, 'database' | 'now'>

interface Row {
  id: string
  visitor_id: string
  created_at: number
  ended_at: number | null
  expires_at: number
}

const dayMs = 86_400_000
const keptMs = 90 * dayMs

/**
 * One of the chores of housekeeping. An index on their ends would cost every sign-in something, so the table is walked
 * through from its oldest rows, a few at a time, until they are too young to be over so long.
 */
export async function pruneSessions({ database, now }: Keeping, most: number): Promise<boolean> {
  const over = now() - keptMs
  for (let after = '', more = true; more; ) {
    const rows = await database.rows<Row>(
      'select id, visitor_id, created_at, ended_at, expires_at from visitor_sessions where id > ? order by id limit ?',
      [after, most],
    )
    const gone = rows.filter((row) => (row.ended_at ?? row.expires_at) <= over || row.expires_at <= over)
    if (gone.length > 0) await database.transaction((tx) => prune(tx, gone, over, now()))
    after = rows.at(-1)?.id ?? ''
    more = rows.length === most && rows.some((row) => row.created_at <= over)
    await new Promise(setImmediate)
  }
  return false
}

async function prune(tx: Transaction, rows: readonly Row[], over: number, now: number): Promise<void> {
  await forEach(
    tx,
    // Looked at once more: an anonymous one may just have been used.
    deleteSession,
    rows.map(({ id }) => [id, over]),
  )
  await dropEmptyVisitors(
    tx,
    rows.map((row) => row.visitor_id),
    now,
  )
}

/**
 * Those who are nobody in particular, and those of projects that keep nothing for ever; nobody who was here lately.
 * That is also what a sign-in changes of his row: one that crosses this keeps him.
 */
export async function dropEmptyVisitors(tx: Transaction, visitorIds: readonly string[], now: number): Promise<void> {
  const ids = [...new Set(visitorIds)].sort()
  await forEach(
    tx,
    dropVisitor,
    ids.map((id) => [id, now]),
  )
}

const deleteSession: ForEach = {
  sqlite: 'delete from visitor_sessions where id = ?1 and (ended_at <= ?2 or expires_at <= ?2)',
  postgres: `delete from visitor_sessions s using unnest(?::text[], ?::bigint[]) as g (id, over)
     where s.id = g.id and (s.ended_at <= g.over or s.expires_at <= g.over)`,
}

const isEmpty = (now: string): string => `v.erasing_at is null and v.last_seen_at <= ${now} - ${dayMs}
  and not exists (select 1 from conversations c where c.visitor_id = v.id)
  and not exists (select 1 from visitor_sessions s where s.visitor_id = v.id)
  and not exists (select 1 from bans b where b.visitor_id = v.id)
  and (v.external_id is null or exists (select 1 from projects p where p.id = v.project_id
    and p.retention_days is not null and v.last_seen_at <= ${now} - cast(p.retention_days as bigint) * ${dayMs}))`

const dropVisitor: ForEach = {
  sqlite: `delete from visitors as v where v.id = ?1 and ${isEmpty('?2')}`,
  postgres: `delete from visitors v using unnest(?::text[], ?::bigint[]) as g (id, now)
     where v.id = g.id and ${isEmpty('g.now')}`,
}
