/**
 * Erasure of a person: everything that is kept of him.
 *
 * In the turn that begins it he loses what he is known by, his sessions and his bans. From then on nobody sees him or
 * his conversations, his connections end, and whoever comes with his external id is somebody new. What he leaves
 * behind may be ten thousand messages, and goes after the commit, a few hundred rows a turn, so that nobody waits; what
 * a crash has left, housekeeping takes away. His row is the last to go: until then it says that there is more to do.
 *
 * The audit log keeps that somebody was erased, by whom and when; who it was, it forgets with him.
 */
import type { Transaction } from '../../db/database.ts'
import { requireAction } from '../access.ts'
import { deleteAttachments } from '../attachment/deletion.ts'
import { recordAudit } from '../audit.ts'
import type { Actor, ApiKeyCaller } from '../caller.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { forgetConversation } from '../search/indexing.ts'
import { recordSecurityEvents, type SecurityEvent } from '../security.ts'
import { eraseSomeOf } from './conversation-erasure.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'now' | 'reads'>

interface Erasing {
  id: string
  project_id: string
}

const rowsATurn = 200

/** By an owner or an admin, in the dashboard. */
export async function eraseVisitor(model: Acting, member: Actor, visitorId: string, address: string): Promise<void> {
  requireAction(member, 'eraseVisitors')
  const begun = await model.database.transaction((tx) =>
    beginErasure(tx, model, { member, detail: {}, address }, 'id = ?', visitorId),
  )
  if (!begun) throw new Refused('not_found', { field: 'visitor' })
  await eraseRest(model, member.projectId)
}

/** By the site's backend; whether there was anybody. */
export async function erasePerson(
  model: Acting,
  key: ApiKeyCaller,
  externalId: string,
  address: string,
): Promise<boolean> {
  requireAction(key, 'eraseVisitors')
  const by = { member: key, detail: {}, address }
  const begun = await model.database.transaction((tx) => beginErasure(tx, model, by, 'external_id = ?', externalId))
  if (begun) await eraseRest(model, key.projectId)
  return begun
}

/** One of the chores of housekeeping. */
export async function eraseWhatWasLeft(model: Acting): Promise<boolean> {
  const [left] = await model.database.rows<Erasing>(
    'select id, project_id from visitors where erasing_at is not null order by erasing_at limit 1',
    [],
  )
  if (left) await eraseAll(model, left)
  return left !== undefined
}

const forgotten = `external_id = null, name = null, email = null, email_key = null, phone = null, attributes = '{}',
  profile_issued_at = null, verified_key_id = null, verified_at = null, verified_until = null, banned_at = null,
  mail_token = null, mail_refused_at = null, mailed_at = null, erasing_at = ?`

async function beginErasure(
  tx: Transaction,
  model: Acting,
  by: Pick<Parameters<typeof recordAudit>[2], 'member' | 'detail' | 'address'>,
  whom: 'id = ?' | 'external_id = ?',
  value: string,
): Promise<boolean> {
  const { projectId } = by.member
  // Locks his row: a sign-in that crosses this is through, and its session goes, too, or it finds nobody and is new.
  const [visitor] = await tx.rows<{ id: string }>(
    `update visitors set erasing_at = ? where project_id = ? and ${whom} and erasing_at is null returning id`,
    [model.now(), projectId, value],
  )
  if (!visitor) return false
  // By what he is known: to change that, nobody may be at a conversation of his. Whoever is has the project, and ends.
  await tx.rows('update projects set change_number = change_number where id = ?', [projectId])
  await tx.rows(`update visitors set ${forgotten} where id = ?`, [model.now(), visitor.id])
  const sessions = await tx.rows<{ id: string; ended_at: number | null }>(
    'delete from visitor_sessions where visitor_id = ? returning id, ended_at',
    [visitor.id],
  )
  await tx.rows('delete from bans where visitor_id = ?', [visitor.id])
  await recordAudit(tx, model, { ...by, action: 'visitor_erased' })
  const open = sessions.filter((session) => session.ended_at === null)
  await recordSecurityEvents(tx, model, open.map(signedOut(projectId)))
  return true
}

const signedOut =
  (projectId: string) =>
  ({ id: subjectId }: { id: string }): SecurityEvent => ({
    kind: 'visitor_session_ended',
    projectId,
    subjectId,
    reason: 'signed_out',
  })

/** After the commit; he is erased already for whoever looks. */
async function eraseRest(model: Acting, projectId: string): Promise<void> {
  try {
    const sql = 'select id, project_id from visitors where project_id = ? and erasing_at is not null limit 1'
    for (let left = true; left; ) {
      const [next] = await model.database.rows<Erasing>(sql, [projectId])
      if (next) await eraseAll(model, next)
      left = next !== undefined
    }
  } catch {
    // He is gone to everybody, and must not look as if he were not. Housekeeping comes.
  }
}

async function eraseAll(model: Acting, visitor: Erasing): Promise<void> {
  // From where they are looked up first: what is there without a message that it stands in, nobody would find again.
  const conversations = await model.database.rows<{ id: string }>('select id from conversations where visitor_id = ?', [
    visitor.id,
  ])
  for (const { id } of conversations) await forgetConversation(model, { id, projectId: visitor.project_id })
  while (await model.database.transaction((tx) => eraseSome(tx, model, visitor)));
}

/** False when nothing is left. */
async function eraseSome(tx: Transaction, model: Acting, { id, project_id: projectId }: Erasing): Promise<boolean> {
  // First his row, then the project's, as everybody does: no message comes in between.
  await tx.rows('update visitors set erasing_at = erasing_at where id = ?', [id])
  await tx.rows('update projects set change_number = change_number where id = ?', [projectId])
  const [conversation] = await tx.rows<{ id: string }>('select id from conversations where visitor_id = ? limit 1', [
    id,
  ])
  if (conversation) {
    const row = { id: conversation.id, project_id: projectId, visitor_id: id }
    const { authors } = await eraseSomeOf(tx, model, row, rowsATurn)
    await eraseFormerSelves(tx, model, authors)
    return true
  }
  const waiting = await tx.rows(
    'delete from outbox where id in (select id from outbox where visitor_id = ? limit ?) returning id',
    [id, rowsATurn],
  )
  if (waiting.length === rowsATurn) return true
  const unsent = "uploader_id = ? and uploader_kind = 'visitor' and message_id is null"
  if ((await deleteAttachments(tx, model, unsent, [id], rowsATurn)) === rowsATurn) return true
  await forgetInAuditLog(tx, projectId, id)
  await tx.rows('delete from visitors where id = ?', [id])
  return false
}

/** As whom he wrote before he signed in (VS7): what he said of himself then goes, too. */
async function eraseFormerSelves(tx: Transaction, model: Acting, authors: ReadonlySet<string>): Promise<void> {
  for (const id of authors) {
    const marked = await tx.rows(
      `update visitors set ${forgotten} where id = ? and external_id is null and erasing_at is null
         and not exists (select 1 from conversations c where c.visitor_id = visitors.id) returning id`,
      [model.now(), id],
    )
    if (marked.length > 0) await tx.rows('delete from visitor_sessions where visitor_id = ?', [id])
    if (marked.length > 0) await tx.rows('delete from bans where visitor_id = ?', [id])
  }
}

async function forgetInAuditLog(tx: Transaction, projectId: string, id: string): Promise<void> {
  await tx.rows(`update audit_log set detail = replace(detail, ?, 'erased') where project_id = ? and detail like ?`, [
    ...[id, projectId],
    `%${id}%`,
  ])
}
