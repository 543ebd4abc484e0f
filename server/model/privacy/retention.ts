/** What a project does not want to keep: conversations in which nothing has happened for so many days. */
import { mostCounted } from '../../../protocol/limits.ts'
import type { Transaction } from '../../db/database.ts'
import type { Model } from '../model.ts'
import { forgetConversation } from '../search/indexing.ts'
import { eraseSomeOf } from './conversation-erasure.ts'
import type { Erasable } from './erased-conversation.ts'
import { dropEmptyVisitors } from './visitor-pruning.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'now' | 'reads'>

const conversationsAtOnce = 50

const isOld = `p.retention_days is not null
  and c.last_activity_at <= cast(? as bigint) - cast(p.retention_days as bigint) * 86400000`

/** What would go at once. */
export async function countRested(
  { database, now }: Pick<Model, 'database' | 'now'>,
  projectId: string,
  days: number,
): Promise<number> {
  const [counted] = await database.rows<{ count: number }>(
    `select count(*) as count from (
       select 1 from conversations where project_id = ? and last_activity_at <= ? limit ?
     ) as rested`,
    [projectId, now() - days * 86_400_000, mostCounted + 1],
  )
  return counted?.count ?? 0
}

/** One of the chores of housekeeping. */
export async function eraseOld(model: Acting, most: number): Promise<boolean> {
  const old = await model.database.rows<Erasable>(
    `select c.id, c.project_id, c.visitor_id from projects p join conversations c on c.project_id = p.id
     where ${isOld} limit ?`,
    [model.now(), conversationsAtOnce],
  )
  for (const conversation of old) {
    await forgetConversation(model, { id: conversation.id, projectId: conversation.project_id })
    while (!(await model.database.transaction((tx) => eraseSome(tx, model, conversation, most))));
  }
  return old.length === conversationsAtOnce
}

/** True when it is gone, or has become young again. */
async function eraseSome(tx: Transaction, model: Acting, { id, project_id }: Erasable, most: number): Promise<boolean> {
  await tx.rows('update projects set change_number = change_number where id = ?', [project_id])
  const [still] = await tx.rows<Erasable>(
    `select c.id, c.project_id, c.visitor_id from conversations c join projects p on p.id = c.project_id
     where c.id = ? and ${isOld}`,
    [id, model.now()],
  )
  if (!still) return true
  const { done } = await eraseSomeOf(tx, model, still, most)
  if (done) await dropEmptyVisitors(tx, [still.visitor_id], model.now())
  return done
}
