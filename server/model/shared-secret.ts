/**
 * Shared secrets: the keys with which a site's backend signs (SS1–SS7). A secret is active, retiring (verifies
 * until its grace is over) or revoked. Whatever stops one also ends the sessions that came in through it, in the
 * same transaction.
 */
import { createSharedSecret } from '../../identity/shared-secret.ts'
import type { SharedSecret } from '../../protocol/records.ts'
import type { Transaction } from '../db/database.ts'
import { sealContext } from '../keys/key-store.ts'
import { seal } from '../keys/seal.ts'
import { requireAction } from './access.ts'
import { recordAudit } from './audit.ts'
import type { Member } from './caller.ts'
import { newId } from './id.ts'
import type { Model } from './model.ts'
import { Refused } from './refused.ts'
import { recordSecurityEvent } from './security.ts'
import { endSessionsOfKey } from './visitor-session.ts'

const maxLiveKeys = 5
export const defaultGraceSeconds = 86_400

export interface Generation {
  previous?: 'revoke' | 'retire' | 'keep' | undefined
  graceSeconds?: number | undefined
}

type Acting = Pick<Model, 'database' | 'bus' | 'presence' | 'now'>

/** Generates a secret; this answer is the only one that holds it (SS3). */
export async function generateSecret(
  model: Acting & Pick<Model, 'masterKey' | 'keys'>,
  actor: Member,
  { previous = 'revoke', graceSeconds = defaultGraceSeconds }: Generation,
  address: string,
): Promise<SharedSecret & { secret: string }> {
  requireAction(actor, 'manageKeys')
  const { secret, last4 } = createSharedSecret()
  const id = newId()
  const { projectId } = actor
  await model.database.transaction(async (tx) => {
    const now = model.now()
    await tx.alone(`keys of ${projectId}`)
    const active = await activeKeys(tx, projectId, now)
    for (const keyId of active) {
      if (previous === 'revoke') await revoke(tx, model, actor, keyId, address)
      if (previous === 'retire') await retire(tx, model, actor, keyId, graceSeconds, address)
    }
    await requireRoom(tx, projectId, now)
    const sealed = seal(model.masterKey, secret, sealContext(projectId, id))
    const made = { id, project_id: projectId, algorithm: 'HS256' as const, sealed, last4, created_at: now }
    await tx.query
      .insertInto('signing_keys')
      .values({ ...made, created_by: actor.agentId })
      .execute()
    await recordAudit(tx, model, {
      member: actor,
      action: 'secret_generated',
      detail: { id, last4, previous },
      address,
    })
    await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: id })
  })
  const record = (await listSecrets(model, actor)).find((candidate) => candidate.id === id)
  if (!record) throw new Refused('internal_error')
  return { ...record, secret }
}

export async function revokeSecret(model: Acting, actor: Member, keyId: string, address: string): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    await requireLive(tx, actor.projectId, keyId, model.now())
    await revoke(tx, model, actor, keyId, address)
  })
}

export async function retireSecret(
  model: Acting,
  actor: Member,
  keyId: string,
  graceSeconds: number,
  address: string,
): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    await requireLive(tx, actor.projectId, keyId, model.now())
    await retire(tx, model, actor, keyId, graceSeconds, address)
  })
}

async function revoke(tx: Transaction, model: Acting, actor: Member, keyId: string, address: string): Promise<void> {
  const { projectId } = actor
  await tx.query.updateTable('signing_keys').set({ revoked_at: model.now() }).where('id', '=', keyId).execute()
  await endSessionsOfKey(tx, model, projectId, keyId)
  await recordAudit(tx, model, { member: actor, action: 'secret_revoked', detail: { id: keyId }, address })
  await recordSecurityEvent(tx, model, { kind: 'key_revoked', projectId, subjectId: keyId })
}

async function retire(
  tx: Transaction,
  model: Acting,
  actor: Member,
  keyId: string,
  graceSeconds: number,
  address: string,
): Promise<void> {
  const { projectId } = actor
  const retiresAt = model.now() + graceSeconds * 1000
  await tx.query.updateTable('signing_keys').set({ retires_at: retiresAt }).where('id', '=', keyId).execute()
  const detail = { id: keyId, graceSeconds }
  await recordAudit(tx, model, { member: actor, action: 'secret_retired', detail, address })
  await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: keyId })
}

async function activeKeys(tx: Transaction, projectId: string, now: number): Promise<string[]> {
  const rows = await liveKeys(tx, projectId, now)
  return rows.filter((row) => row.retires_at === null).map((row) => row.id)
}

function liveKeys(tx: Transaction, projectId: string, now: number) {
  return tx.query
    .selectFrom('signing_keys')
    .select(['id', 'retires_at'])
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('retires_at', 'is', null), where('retires_at', '>', now)]))
    .execute()
}

async function requireRoom(tx: Transaction, projectId: string, now: number): Promise<void> {
  const live = await liveKeys(tx, projectId, now)
  if (live.length >= maxLiveKeys) throw new Refused('too_many_keys')
}

async function requireLive(tx: Transaction, projectId: string, keyId: string, now: number): Promise<void> {
  const row = await tx.query
    .selectFrom('signing_keys')
    .select(['revoked_at', 'retires_at'])
    .where('id', '=', keyId)
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  if (!row) throw new Refused('not_found', { field: 'key' })
  if (row.revoked_at !== null || (row.retires_at !== null && row.retires_at <= now)) throw new Refused('key_not_live')
}

/** Every key that the project has or had, the newest first, with its use (SS7). */
export async function listSecrets(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  actor: Member,
): Promise<SharedSecret[]> {
  requireAction(actor, 'manageKeys')
  const rows = await model.database.read
    .selectFrom('signing_keys as k')
    .leftJoin('agents as a', 'a.id', 'k.created_by')
    .select(['k.id', 'k.last4', 'k.created_by', 'a.name', 'k.created_at', 'k.retires_at', 'k.revoked_at'])
    .where('k.project_id', '=', actor.projectId)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      last4: row.last4,
      state: stateOf(row, model.now()),
      createdBy: row.created_by === null ? null : { id: row.created_by, name: row.name ?? '' },
      createdAt: row.created_at,
      retiresAt: row.retires_at,
      revokedAt: row.revoked_at,
      ...(await useOf(model, row.id)),
    })),
  )
}

function stateOf(key: { retires_at: number | null; revoked_at: number | null }, now: number): SharedSecret['state'] {
  if (key.revoked_at !== null || (key.retires_at !== null && key.retires_at <= now)) return 'revoked'
  return key.retires_at === null ? 'active' : 'retiring'
}

type Use = Pick<SharedSecret, 'lastUsedAt' | 'sessions' | 'connected' | 'signInsLastDay' | 'signInsLastWeek'>

async function useOf(
  { database, presence, now }: Pick<Model, 'database' | 'presence' | 'now'>,
  keyId: string,
): Promise<Use> {
  const at = now()
  const [totals] = await database.rows<{ last: number | null; day: number; week: number }>(
    `select max(verified_at) as last, count(case when verified_at > ? then 1 end) as day,
       count(case when verified_at > ? then 1 end) as week
     from visitor_sessions where key_id = ?`,
    [at - 86_400_000, at - 7 * 86_400_000, keyId],
  )
  const open = await database.rows<{ id: string }>(
    'select id from visitor_sessions where key_id = ? and ended_at is null and expires_at > ?',
    [keyId, at],
  )
  return {
    lastUsedAt: totals?.last ?? null,
    signInsLastDay: totals?.day ?? 0,
    signInsLastWeek: totals?.week ?? 0,
    sessions: open.length,
    connected: open.filter((session) => presence.has(session.id)).length,
  }
}
