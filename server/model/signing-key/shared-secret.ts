/**
 * Shared secrets: the keys with which a site's backend signs (SS1–SS7). A secret is active, retiring (verifies
 * until its grace is over) or revoked. Whatever stops one also ends the sessions that came in through it, in the
 * same transaction.
 */
import { createSharedSecret } from '../../../identity/shared-secret.ts'
import type { SharedSecret } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { rememberDeadMs, sealContext } from '../../keys/read-keys.ts'
import { requireAction } from '../access.ts'
import { recordAudit } from '../audit.ts'
import type { Member } from '../caller.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { keyRotated } from '../webhook/event.ts'
import { recordEvents } from '../webhook/record-events.ts'
import { settleRevocations } from './revocation.ts'
import { aloneWithKeys, endKey, liveKeys, requireLive, requireRoom, requireUnrevoked } from './signing-key.ts'
import { withUse } from './use.ts'

const defaultGraceSeconds = 86_400

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
    await aloneWithKeys(tx, projectId)
    const active = await activeSecrets(tx, projectId, now)
    for (const keyId of active) {
      if (previous === 'revoke') await revoke(tx, model, actor, keyId, address)
      if (previous === 'retire') await retire(tx, model, actor, keyId, graceSeconds, address)
    }
    await requireRoom(tx, projectId, now)
    const sealed = await model.masterKey.seal(tx, secret, sealContext(projectId, id))
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
    await recordEvents(tx, model, projectId, [keyRotated(id, 'generated')])
    await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: id })
  })
  await settleRevocations(model, projectId)
  const record = (await listSecrets(model, actor)).find((candidate) => candidate.id === id)
  if (!record) throw new Refused('internal_error')
  return { ...record, secret }
}

/** Ends it, and within a second every session that came in through it (SS6). */
export async function revokeSecret(model: Acting, actor: Member, keyId: string, address: string): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    await requireUnrevoked(tx, actor.projectId, { id: keyId, kind: 'secret' })
    await revoke(tx, model, actor, keyId, address)
  })
  await settleRevocations(model, actor.projectId)
}

/** It verifies for so many seconds more; sessions that it opened live out their time (SS5). */
export async function retireSecret(
  model: Acting,
  actor: Member,
  keyId: string,
  graceSeconds: number,
  address: string,
): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    await requireLive(tx, actor.projectId, { id: keyId, kind: 'secret' }, model.now())
    await retire(tx, model, actor, keyId, graceSeconds, address)
  })
}

async function revoke(tx: Transaction, model: Acting, actor: Member, keyId: string, address: string): Promise<void> {
  await recordAudit(tx, model, { member: actor, action: 'secret_revoked', detail: { id: keyId }, address })
  await endKey(tx, model, actor.projectId, keyId)
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
  await recordEvents(tx, model, projectId, [keyRotated(keyId, 'retired')])
  await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: keyId })
}

async function activeSecrets(tx: Transaction, projectId: string, now: number): Promise<string[]> {
  const live = await liveKeys(tx, projectId, now)
  return live.filter((key) => key.kind === 'secret' && key.retiresAt === null).map((key) => key.id)
}

/** Every secret that the project has or had, the newest first, with its use (SS7). */
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
    .where('k.algorithm', '=', 'HS256')
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute()
  const secrets = rows.map((row) => ({
    id: row.id,
    last4: row.last4,
    state: stateOf(row, model.now()),
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.name ?? '' },
    createdAt: row.created_at,
    retiresAt: row.retires_at,
    revokedAt: row.revoked_at,
  }))
  return withUse(model, secrets)
}

function stateOf(key: { retires_at: number | null; revoked_at: number | null }, now: number): SharedSecret['state'] {
  if (key.revoked_at !== null || (key.retires_at !== null && key.retires_at <= now)) return 'revoked'
  return key.retires_at === null ? 'active' : 'retiring'
}

/**
 * A secret that died 30 days ago is no candidate any more, not even to say why (VT3): it is erased, and its record
 * stays, for what was verified with it. True if there may be more.
 */
export async function eraseDeadSecrets(
  { database, now }: Pick<Model, 'database' | 'now'>,
  most: number,
): Promise<boolean> {
  const erased = await database.transaction((tx) =>
    tx.rows(
      `update signing_keys set sealed = '' where id in (
         select id from signing_keys where sealed <> '' and coalesce(revoked_at, retires_at) <= ? limit ?
       ) returning id`,
      [now() - rememberDeadMs, most],
    ),
  )
  return erased.length === most
}
