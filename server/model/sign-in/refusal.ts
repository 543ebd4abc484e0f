/** Refused sign-ins as they are stored: a project's newest 1,000 of the last 30 days (VS12). */
import type { SignInRefusal } from '../../../protocol/admin-records.ts'
import type { Transaction } from '../../db/database.ts'
import { requireAction } from '../access.ts'
import type { Member } from '../caller.ts'
import type { Model } from '../model.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'

const kept = 1_000
const keptMs = 30 * 86_400_000

export async function readRefusals(
  { database, now }: Pick<Model, 'database' | 'now'>,
  member: Member,
  { page, limit }: PageQuery,
): Promise<{ refusals: SignInRefusal[]; nextPage: string | null }> {
  requireAction(member, 'explainSignIns')
  const rows = await database.read
    .selectFrom('sign_in_refusals')
    .selectAll()
    .where('project_id', '=', member.projectId)
    .where('created_at', '>', now() - keptMs)
    .where(afterPage(page))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  const refusals = shown.map(({ id, created_at: at, code, field, hint, key_id: keyId, origin }) => {
    return { id, at, code, field, hint, keyId, origin }
  })
  return { refusals, nextPage }
}

export async function storeRefusals(
  { database }: Pick<Model, 'database'>,
  projectId: string,
  refusals: readonly SignInRefusal[],
): Promise<void> {
  await database.transaction(async (tx) => {
    const rows = refusals.map(({ at: created_at, keyId: key_id, ...rest }) => {
      return { ...rest, project_id: projectId, key_id, created_at }
    })
    await tx.query.insertInto('sign_in_refusals').values(rows).execute()
    await forgetAllBut(tx, projectId, kept)
  })
}

async function forgetAllBut(tx: Transaction, projectId: string, most: number): Promise<void> {
  const [newestToGo] = await tx.rows<{ created_at: number; id: string }>(
    `select created_at, id from sign_in_refusals where project_id = ?
     order by created_at desc, id desc limit 1 offset ?`,
    [projectId, most],
  )
  if (!newestToGo) return
  await tx.rows('delete from sign_in_refusals where project_id = ? and (created_at, id) <= (?, ?)', [
    projectId,
    newestToGo.created_at,
    newestToGo.id,
  ])
}

/** Of projects where nothing is refused any more, too; a few at a time. True if there may be more. */
export async function pruneRefusals(
  { database, now }: Pick<Model, 'database' | 'now'>,
  most: number,
): Promise<boolean> {
  const gone = await database.transaction((tx) =>
    tx.rows(
      `delete from sign_in_refusals where id in (
         select id from sign_in_refusals where created_at <= ? limit ?
       ) returning id`,
      [now() - keptMs, most],
    ),
  )
  return gone.length === most
}
