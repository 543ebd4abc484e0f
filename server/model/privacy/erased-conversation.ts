/**
 * That a conversation was there, and at which number it went: all that is kept of it, so that whoever was away is told
 * that it is gone (DL4). After a while that is forgotten, too; who comes back from before begins anew.
 */
import { maxMissedChanges } from '../../../protocol/limits.ts'
import type { Transaction } from '../../db/database.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import type { Missed, Reader } from '../changes-since.ts'
import type { Model } from '../model.ts'

const keptMs = 30 * 86_400_000

export interface Erasable {
  id: string
  project_id: string
  visitor_id: string
}

/** Takes the conversation itself away; of its messages nothing is left by now. Everybody hears of it. */
export async function takeAway(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  { id, project_id: projectId, visitor_id: visitorId }: Erasable,
): Promise<void> {
  const number = await nextNumber(tx, projectId)
  await tx.rows(
    `insert into erased_conversations (conversation_id, project_id, visitor_id, change_number, erased_at)
     values (?, ?, ?, ?, ?)`,
    [id, projectId, visitorId, number, model.now()],
  )
  await tx.rows('delete from conversations where id = ?', [id])
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience: { visitorId } }])
}

/** 'anew' where it is too long ago to know. */
export async function erasedSince(
  { database }: Pick<Model, 'database'>,
  projectId: string,
  reader: Reader,
  { since, upTo }: { since: number; upTo: number },
): Promise<Missed[] | 'anew'> {
  const own = reader.kind === 'visitor' ? 'visitor_id = ? and' : ''
  const rows = await database.rows<{ conversation_id: string; change_number: number }>(
    `select conversation_id, change_number from erased_conversations
     where ${own} project_id = ? and change_number > ? and change_number <= ? order by change_number limit ?`,
    [...(reader.kind === 'visitor' ? [reader.caller.visitorId] : []), projectId, since, upTo, maxMissedChanges + 1],
  )
  const [project] = await database.rows<{ forgotten_number: number }>(
    'select forgotten_number from projects where id = ?',
    [projectId],
  )
  if (project && project.forgotten_number > since) return 'anew'
  return rows.map(({ conversation_id: conversationId, change_number: number }) => ({
    kind: 'gone',
    number,
    conversationId,
  }))
}

/** One of the chores of housekeeping. */
export async function forgetErased({ database, now }: Pick<Model, 'database' | 'now'>, most: number): Promise<boolean> {
  return database.transaction(async (tx) => {
    const gone = await tx.rows<{ project_id: string; change_number: number }>(
      `delete from erased_conversations where conversation_id in (
         select conversation_id from erased_conversations where erased_at <= ? order by erased_at limit ?
       ) returning project_id, change_number`,
      [now() - keptMs, most],
    )
    for (const [projectId, own] of Map.groupBy(gone, (row) => row.project_id)) {
      const newest = Math.max(...own.map((row) => row.change_number))
      await tx.rows('update projects set forgotten_number = ? where id = ? and forgotten_number < ?', [
        ...[newest, projectId],
        newest,
      ])
    }
    return gone.length === most
  })
}
