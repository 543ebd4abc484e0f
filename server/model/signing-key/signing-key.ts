/** What secrets and public keys have in common: how many may live, and how one ends (SS5, SS6, SS8). */
import type { Transaction } from '../../db/database.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { type KeyFate, keyRotated } from '../webhook/event.ts'
import { recordEvents } from '../webhook/record-events.ts'

export type KeyKind = 'secret' | 'public'

export interface LiveKey {
  id: string
  kind: KeyKind
  retiresAt: number | null
}

const maxLiveKeys = 5

/** Two who make one at the same moment would otherwise both be the fifth. */
export async function aloneWithKeys(tx: Transaction, projectId: string): Promise<void> {
  await tx.alone(`keys of ${projectId}`)
}

/** Active and retiring: all that verify at `now`, in the order of their ids. */
export async function liveKeys(tx: Transaction, projectId: string, now: number): Promise<LiveKey[]> {
  const rows = await tx.query
    .selectFrom('signing_keys')
    .select(['id', 'algorithm', 'retires_at'])
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('retires_at', 'is', null), where('retires_at', '>', now)]))
    // Who revokes several goes in the order in which sign-ins hold them.
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, kind: kindOf(row.algorithm), retiresAt: row.retires_at }))
}

/**
 * Which of them verify now, and which events their project's webhooks want, since it asks anyway. Held until the commit:
 * a revocation on another node waits, and then finds whom they let in.
 */
export async function findLiveKeys(
  tx: Transaction,
  ids: ReadonlySet<string>,
  now: number,
): Promise<{ live: Set<string>; wanted: number }> {
  const rows = await forEach<{ id: string; wanted: number }>(
    tx,
    selectLive,
    [...ids].map((id) => [id, now]),
  )
  return { live: new Set(rows.map((row) => row.id)), wanted: rows[0]?.wanted ?? 0 }
}

const isLive = 'k.revoked_at is null and (k.retires_at is null or k.retires_at > '
const wanted = '(select p.webhook_events from projects p where p.id = k.project_id) as wanted'
const selectLive: ForEach = {
  sqlite: `select k.id, ${wanted} from signing_keys k where k.id = ? and ${isLive} ?)`,
  postgres: `select k.id, ${wanted} from unnest(?::text[], ?::bigint[]) as g (id, now)
     join signing_keys k on k.id = g.id and ${isLive} g.now) order by k.id for share of k`,
}

/** `too_many_keys` where there are five already. */
export async function requireRoom(tx: Transaction, projectId: string, now: number): Promise<void> {
  const live = await liveKeys(tx, projectId, now)
  if (live.length >= maxLiveKeys) throw new Refused('too_many_keys')
}

/** `not_found` where the project has no such key; `key_not_live` where it is revoked, or its grace is over. */
export async function requireLive(
  tx: Transaction,
  projectId: string,
  key: { id: string; kind: KeyKind },
  now: number,
): Promise<void> {
  const retiresAt = await requireUnrevoked(tx, projectId, key)
  if (retiresAt !== null && retiresAt <= now) throw new Refused('key_not_live')
}

/** Live, or run out: then sessions through it may still be open. Gives when it runs or ran out. */
export async function requireUnrevoked(
  tx: Transaction,
  projectId: string,
  key: { id: string; kind: KeyKind },
): Promise<number | null> {
  const row = await tx.query
    .selectFrom('signing_keys')
    .select(['algorithm', 'revoked_at', 'retires_at'])
    .where('id', '=', key.id)
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  if (!row || kindOf(row.algorithm) !== key.kind) throw new Refused('not_found', { field: 'key' })
  if (row.revoked_at !== null) throw new Refused('key_not_live')
  return row.retires_at
}

/** Whoever came in through it is out, on every node, within a second of the commit. `settleRevocations` comes after it. */
export async function endKey(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  projectId: string,
  keyId: string,
  fate: KeyFate = 'revoked',
): Promise<void> {
  const now = model.now()
  // One that has run out died then: its secret may be erased by now, and must not become a candidate again.
  await tx.rows(
    'update signing_keys set revoked_at = case when retires_at < ? then retires_at else ? end where id = ?',
    [now, now, keyId],
  )
  await tx.rows(
    `update visitor_sessions set ended_at = ?, end_reason = 'secret_revoked'
     where key_id = ? and ended_at is null and expires_at > ?`,
    [now, keyId, now],
  )
  await recordEvents(tx, model, projectId, [keyRotated(keyId, fate)])
  await recordSecurityEvent(tx, model, { kind: 'key_revoked', projectId, subjectId: keyId })
}

const kindOf = (algorithm: string): KeyKind => (algorithm === 'HS256' ? 'secret' : 'public')
