/**
 * What follows a revocation (SS6). In the turn that makes it the key is dead, its sessions are over, and the doors are
 * told. That its visitors are verified no longer, and that agents see so, comes after the commit, a few hundred
 * visitors a turn: nobody else waits for ten thousand of them.
 *
 * Until all of them have been gone through the key is not settled. Going through twice does no harm; what a crash has
 * left, housekeeping does.
 */
import type { Transaction } from '../../db/database.ts'
import { touchAllConversations } from '../conversation/touch.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'

type Acting = Pick<Model, 'database' | 'bus' | 'now'>

interface Unsettled {
  id: string
  project_id: string
}

const visitorsATurn = 500
/** By then whoever revoked it has done it, or is no more. */
const leftAfterMs = 60_000

/** After the commit, for whatever keys of the project were revoked in it. */
export async function settleRevocations(model: Acting, projectId: string): Promise<void> {
  try {
    const sql = `select id, project_id from signing_keys
      where project_id = ? and revoked_at is not null and settled_at is null`
    for (const key of await model.database.rows<Unsettled>(sql, [projectId])) await settle(model, key)
  } catch {
    // The revocation stands, and must not look as if it did not. Housekeeping comes.
  }
}

/** One of the chores of housekeeping. */
export async function settleWhatWasLeft(model: Acting): Promise<boolean> {
  const [key] = await model.database.rows<Unsettled>(
    `select id, project_id from signing_keys
     where revoked_at is not null and settled_at is null and revoked_at <= ? order by revoked_at limit 1`,
    [model.now() - leftAfterMs],
  )
  if (key) await settle(model, key)
  return key !== undefined
}

async function settle(model: Acting, key: Unsettled): Promise<void> {
  const rows = await model.database.rows<{ id: string }>(
    // Not by the visitor's latest key alone: he may be verified through an earlier one that is still live.
    `select distinct v.id from visitor_sessions s join visitors v on v.id = s.visitor_id
     where s.key_id = ? and v.verified_until > ? order by v.id`,
    [key.id, model.now()],
  )
  for (let at = 0; at < rows.length; at += visitorsATurn) {
    const ids = rows.slice(at, at + visitorsATurn).map(({ id }) => id)
    await model.database.transaction((tx) => settleVisitors(tx, model, key.project_id, ids))
  }
  await model.database.transaction((tx) =>
    tx.rows('update signing_keys set settled_at = ? where id = ?', [model.now(), key.id]),
  )
}

/** A visitor is "verified now" as long as his longest open verified session lasts (VS9). */
async function settleVisitors(tx: Transaction, model: Acting, projectId: string, ids: string[]): Promise<void> {
  const now = model.now()
  // First the rows, then a look at their sessions: one who signs in meanwhile is through, and his new session counts.
  await forEach(
    tx,
    hold,
    ids.map((id) => [id]),
  )
  const changed = await forEach<{ id: string }>(
    tx,
    shorten,
    ids.map((id) => [id, now]),
  )
  await touchAllConversations(
    tx,
    model,
    projectId,
    changed.map(({ id }) => id),
  )
}

const hold: ForEach = {
  sqlite: 'select id from visitors where id = ?',
  // In the order of ids, as sign-ins do.
  postgres: 'select id from visitors where id = any(?::text[]) order by id for no key update',
}

const longest = `select max(s.expires_at) from visitor_sessions s
  where s.visitor_id = v.id and s.key_id is not null and s.ended_at is null and s.expires_at >`

const shorten: ForEach = {
  sqlite: `update visitors as v set verified_until = coalesce((${longest} ?2), ?2)
     where v.id = ?1 and v.verified_until > ?2 returning id`,
  postgres: `update visitors v set verified_until = coalesce((${longest} g.now), g.now)
     from unnest(?::text[], ?::bigint[]) as g (id, now)
     where v.id = g.id and v.verified_until > g.now returning v.id`,
}
