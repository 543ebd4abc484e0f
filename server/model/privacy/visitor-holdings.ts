/** What is stored of a person, in numbers: for whoever is about to give it out, or to erase it. */
import { mostCounted } from '../../../protocol/limits.ts'
import type { VisitorHoldings } from '../../../protocol/visitor-export.ts'
import type { Schema } from '../../db/schema.ts'
import { requireAction } from '../access.ts'
import type { Actor } from '../caller.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'

type Reading = Pick<Model, 'database'>

export async function countVisitor(model: Reading, member: Actor, visitorId: string): Promise<VisitorHoldings> {
  const found = await findHoldings(model, member, 'id = ?', visitorId)
  if (!found) throw new Refused('not_found', { field: 'visitor' })
  return found
}

/** Whoever the site knows by this id, if he was ever here. */
export async function countPerson(
  model: Reading,
  member: Actor,
  externalId: string,
): Promise<VisitorHoldings | undefined> {
  return findHoldings(model, member, 'external_id = ?', externalId)
}

async function findHoldings(
  { database }: Reading,
  member: Actor,
  whom: 'id = ?' | 'external_id = ?',
  value: string,
): Promise<VisitorHoldings | undefined> {
  requireAction(member, 'readVisitors')
  const [row] = await database.rows<Schema['visitors']>(
    `select * from visitors where project_id = ? and ${whom} and erasing_at is null`,
    [member.projectId, value],
  )
  if (!row) return undefined
  const count = async (rows: string) => {
    const sql = `select count(*) as count from (select 1 from ${rows} limit ?) as held`
    const [counted] = await database.rows<{ count: number }>(sql, [row.id, mostCounted + 1])
    return counted?.count ?? 0
  }
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    conversations: await count('conversations c where c.visitor_id = ?'),
    messages: await count('conversations c join messages m on m.conversation_id = c.id where c.visitor_id = ?'),
    files: await count('conversations c join attachments a on a.conversation_id = c.id where c.visitor_id = ?'),
  }
}
