/**
 * Bans (VS15): of a person by his external id, over all his browsers; of an anonymous visitor by his session and the
 * address that it was opened from. Whoever may see a conversation of his may ban him, and lift the ban.
 */
import type { Kysely } from 'kysely'
import type { Ban } from '../../../protocol/admin-records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { inSightOf, mayDo } from '../access.ts'
import { recordAudit } from '../audit.ts'
import { type Actor, isApiKey } from '../caller.ts'
import { touchVisitorsConversations } from '../conversation/touch.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'
import { Refused } from '../refused.ts'
import { endSessionsOfVisitor } from './sign-out.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'presence' | 'now'>

/** The latest first. */
export async function listBans(
  model: Pick<Model, 'database'>,
  member: Actor,
  { page, limit }: PageQuery,
): Promise<{ bans: Ban[]; nextPage: string | null }> {
  const rows = await bansInSight(model.database.read, member)
    .where(afterPage(page, { at: 'b.created_at', id: 'b.id', first: 'latest' }))
    .orderBy('b.created_at', 'desc')
    .orderBy('b.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  return { bans: shown.map(banFromRow), nextPage }
}

/** Sends a visitor away; who is banned already stays so. */
export async function banVisitor(
  model: Acting,
  member: Actor,
  { visitorId, reason }: { visitorId: string; reason?: string | undefined },
  address: string,
): Promise<Ban> {
  await model.database.transaction(async (tx) => {
    const seen = visitorsInSight(tx.query, member).select('v.id').where('v.id', '=', visitorId)
    if (!(await seen.executeTakeFirst())) throw new Refused('not_found', { field: 'visitorId' })
    // Locks his row: a sign-in that crosses this waits here, and finds itself refused.
    const [marked] = await tx.rows<{ external_id: string | null }>(
      'update visitors set banned_at = ? where id = ? and banned_at is null returning external_id',
      [model.now(), visitorId],
    )
    if (!marked) return
    const id = newId()
    const from = marked.external_id === null ? await addressOf(tx, visitorId) : null
    const made = { id, project_id: member.projectId, visitor_id: visitorId, address: from, created_at: model.now() }
    await tx.query
      .insertInto('bans')
      .values({ ...made, reason: reason?.trim() || null, banned_by: isApiKey(member) ? null : member.agentId })
      .execute()
    await recordAudit(tx, model, { member, action: 'visitor_banned', detail: { id, visitorId }, address })
    await endSessionsOfVisitor(tx, model, { projectId: member.projectId, visitorId }, 'banned')
  })
  const made = bansInSight(model.database.read, member).where('b.visitor_id', '=', visitorId)
  return banFromRow(await made.executeTakeFirstOrThrow())
}

export async function liftBan(model: Acting, member: Actor, id: string, address: string): Promise<void> {
  await model.database.transaction(async (tx) => {
    const ban = await bansInSight(tx.query, member).where('b.id', '=', id).executeTakeFirst()
    if (!ban) throw new Refused('not_found', { field: 'ban' })
    const { visitor_id: visitorId } = ban
    await tx.rows('update visitors set banned_at = null where id = ?', [visitorId])
    await tx.rows('delete from bans where id = ?', [id])
    // A browser that comes back with one of them is to sign in again, not to be told of a ban that is no more.
    await tx.rows(
      "update visitor_sessions set end_reason = 'session_unknown' where visitor_id = ? and end_reason = 'banned'",
      [visitorId],
    )
    await recordAudit(tx, model, { member, action: 'ban_lifted', detail: { id, visitorId }, address })
    await touchVisitorsConversations(tx, model, member.projectId, visitorId)
  })
}

/** Inside an anonymous sign-in: is nobody to come from there? */
export async function refuseBannedAddress(tx: Transaction, projectId: string, address: string): Promise<void> {
  const rows = await tx.rows('select id from bans where project_id = ? and address = ? limit 1', [projectId, address])
  if (rows.length > 0) throw new Refused('banned')
}

/** Visitors whom the member sees in a conversation; who sees every conversation sees every visitor. */
function visitorsInSight(query: Kysely<Schema>, member: Actor) {
  const visitors = query.selectFrom('visitors as v').where('v.project_id', '=', member.projectId)
  if (isApiKey(member) || mayDo(member.role, 'seeEveryConversation')) return visitors
  return visitors.where((where) =>
    where.exists(
      where
        .selectFrom('conversations as c')
        .select('c.id')
        .whereRef('c.visitor_id', '=', 'v.id')
        .where(inSightOf(member)),
    ),
  )
}

function bansInSight(query: Kysely<Schema>, member: Actor) {
  return visitorsInSight(query, member)
    .innerJoin('bans as b', 'b.visitor_id', 'v.id')
    .leftJoin('agents as a', 'a.id', 'b.banned_by')
    .select(['b.id', 'b.visitor_id', 'b.reason', 'b.banned_by', 'b.created_at'])
    .select(['v.external_id', 'v.name', 'a.name as agent_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof bansInSight>['execute']>>[number]

function banFromRow(row: Row): Ban {
  return {
    id: row.id,
    visitor: { id: row.visitor_id, externalId: row.external_id, name: row.name },
    reason: row.reason,
    bannedBy: row.banned_by === null ? null : { id: row.banned_by, name: row.agent_name ?? '' },
    createdAt: row.created_at,
  }
}

/** An anonymous visitor has one session. */
async function addressOf(tx: Transaction, visitorId: string): Promise<string | null> {
  const [row] = await tx.rows<{ address: string | null }>(
    'select address from visitor_sessions where visitor_id = ? and shortened_at is null order by id desc limit 1',
    [visitorId],
  )
  return row?.address ?? null
}
