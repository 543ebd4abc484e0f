/** Public keys of a site that signs with a private key of its own, and addresses where such keys are found (SS8). */
import { type PublicKey as KeptKey, KeyRefused, readJwkKey, readPemKey } from '../../../identity/public-key.ts'
import type { PublicKey } from '../../../protocol/admin-records.ts'
import type { Transaction } from '../../db/database.ts'
import { KeySetUnreachable, parseKeySetUrl } from '../../keys/fetch-key-set.ts'
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
import { aloneWithKeys, endKey, requireLive, requireRoom } from './signing-key.ts'
import { withUse } from './use.ts'

export type Registration =
  | { pem: string; algorithm?: KeptKey['algorithm'] | null | undefined }
  | { jwk: Record<string, unknown> }
  | { jwksUrl: string }

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'presence' | 'now'>

export async function registerPublicKey(
  model: Acting,
  actor: Member,
  given: Registration,
  address: string,
): Promise<PublicKey> {
  requireAction(actor, 'manageKeys')
  const { keys, url } = await readRegistration(model, given)
  const { projectId } = actor
  const id = newId()
  await model.database.transaction(async (tx) => {
    const now = model.now()
    await aloneWithKeys(tx, projectId)
    await requireRoom(tx, projectId, now)
    await insertPublicKey(tx, { id, projectId, agentId: actor.agentId, keys, url, now })
    const [key] = keys
    // Without its query: some put a password there.
    const detail = url === null ? { id, algorithm: key?.algorithm, kid: key?.kid } : { id, url: url.split('?', 1)[0] }
    await recordAudit(tx, model, { member: actor, action: 'public_key_registered', detail, address })
    await recordEvents(tx, model, projectId, [keyRotated(id, 'registered')])
    await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: id })
  })
  const record = (await listPublicKeys(model, actor)).find((candidate) => candidate.id === id)
  if (!record) throw new Refused('internal_error')
  return record
}

/** Whoever came in through it is out as if a secret were revoked (SS6). */
export async function deletePublicKey(model: Acting, actor: Member, keyId: string, address: string): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    await requireLive(tx, actor.projectId, { id: keyId, kind: 'public' }, model.now())
    await recordAudit(tx, model, { member: actor, action: 'public_key_deleted', detail: { id: keyId }, address })
    await endKey(tx, model, actor.projectId, keyId, 'deleted')
  })
  await settleRevocations(model, actor.projectId)
}

/** Those that are there, the newest first. A deleted one is only known to the tokens that it signed. */
export async function listPublicKeys(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  actor: Member,
): Promise<PublicKey[]> {
  requireAction(actor, 'manageKeys')
  const rows = await model.database.read
    .selectFrom('signing_keys as k')
    .innerJoin('public_keys as p', 'p.id', 'k.id')
    .leftJoin('agents as a', 'a.id', 'k.created_by')
    .select(['k.id', 'k.created_by', 'a.name', 'k.created_at', 'p.keys', 'p.url', 'p.fetched_at', 'p.failure'])
    .where('k.project_id', '=', actor.projectId)
    .where('k.revoked_at', 'is', null)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute()
  const keys = rows.map((row) => ({
    id: row.id,
    ...facesOf(JSON.parse(row.keys), row),
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.name ?? '' },
    createdAt: row.created_at,
  }))
  return withUse(model, keys)
}

function facesOf(
  keys: KeptKey[],
  { url, fetched_at: fetchedAt, failure }: { url: string | null; fetched_at: number | null; failure: string | null },
): Pick<PublicKey, 'algorithm' | 'kid' | 'jwks'> {
  if (url !== null) return { algorithm: null, kid: null, jwks: { url, fetchedAt, keys: keys.length, failure } }
  const [key] = keys
  return { algorithm: key?.algorithm ?? null, kid: key?.kid ?? null, jwks: null }
}

async function readRegistration(
  { keys }: Pick<Model, 'keys'>,
  given: Registration,
): Promise<{ keys: KeptKey[]; url: string | null }> {
  if (!('jwksUrl' in given)) return { keys: [readKey(given)], url: null }
  try {
    const url = parseKeySetUrl(given.jwksUrl).href
    const fetched = await keys.fetchKeySet(url)
    if (fetched.length > 0) return { keys: fetched, url }
  } catch (error) {
    if (!(error instanceof KeySetUnreachable)) throw error
    throw new Refused('jwks_unreachable', { field: 'jwksUrl', message: error.message })
  }
  const message = 'No key in this set can be used: it takes ES256, EdDSA, or RS256 of at least 2048 bits.'
  throw new Refused('key_invalid', { field: 'jwksUrl', message })
}

function readKey(given: Exclude<Registration, { jwksUrl: string }>): KeptKey {
  const field = 'pem' in given ? 'pem' : 'jwk'
  try {
    if ('jwk' in given) return readJwkKey(given.jwk)
    const key = readPemKey(given.pem)
    if (!given.algorithm || given.algorithm === key.algorithm) return key
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error
    throw new Refused(error.reason === 'private' ? 'key_is_private' : 'key_invalid', { field, message: error.message })
  }
  throw new Refused('key_invalid', { field: 'algorithm', message: 'This key is for another algorithm.' })
}

interface NewPublicKey {
  id: string
  projectId: string
  agentId: string
  keys: KeptKey[]
  url: string | null
  now: number
}

async function insertPublicKey(tx: Transaction, { id, projectId, agentId, keys, url, now }: NewPublicKey) {
  const fetchedAt = url === null ? null : now
  const algorithm = url === null ? keys[0]?.algorithm : ('JWKS' as const)
  if (!algorithm) throw new Error('There is no key to store.')
  // What stands for a public key where a secret shows its last four characters: those of its id.
  const row = { id, project_id: projectId, algorithm, sealed: '', last4: id.slice(-4), created_at: now }
  await tx.query
    .insertInto('signing_keys')
    .values({ ...row, created_by: agentId })
    .execute()
  await tx.query
    .insertInto('public_keys')
    .values({ id, keys: JSON.stringify(keys), url, fetched_at: fetchedAt, tried_at: fetchedAt })
    .execute()
}
