/** The keys of a project as the database has them, decrypted and imported. */
import { importPublicKey, type PublicKey } from '../../identity/public-key.ts'
import { importSharedSecret } from '../../identity/shared-secret.ts'
import type { Algorithm, ImportedKey } from '../../identity/visitor-token.ts'
import type { Database } from '../db/database.ts'
import type { MasterKey } from './master-key.ts'

/** So long after its death a key still says whose signature a token has (VT3). */
export const rememberDeadMs = 30 * 86_400_000

export interface FetchedSet {
  id: string
  url: string
  /** When somebody last went to fetch it, and when that went well. */
  triedAt: number
  fetchedAt: number
}

export type KeptKey = ImportedKey & {
  id: string
  kid: string | null
  /** When it stops verifying, by revocation or by the end of its grace; null while it is active. */
  deadFrom: number | null
  /** The set that it was fetched with. */
  set: FetchedSet | null
}

export interface Kept {
  /** The newest first. */
  keys: KeptKey[]
  algorithms: Algorithm[]
  sets: FetchedSet[]
}

export async function readKeys(
  database: Database,
  masterKey: MasterKey,
  projectId: string,
  now: number,
): Promise<Kept> {
  const rows = await database.read
    .selectFrom('signing_keys as k')
    .leftJoin('public_keys as p', 'p.id', 'k.id')
    .select(['k.id', 'k.algorithm', 'k.sealed', 'k.retires_at', 'k.revoked_at', 'p.keys', 'p.url'])
    .select(['p.tried_at', 'p.fetched_at'])
    .where('k.project_id', '=', projectId)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc')
    .execute()
  const kept: Kept = { keys: [], algorithms: [], sets: [] }
  for (const row of rows) {
    kept.algorithms.push(...(row.algorithm === 'JWKS' ? fetchedAlgorithms : [row.algorithm]))
    const deadFrom = row.revoked_at ?? row.retires_at
    // Its algorithm is remembered (VT2), and nothing else.
    if (deadFrom !== null && deadFrom <= now - rememberDeadMs) continue
    const set = setFrom(row)
    if (set && deadFrom === null) kept.sets.push(set)
    const imported = row.keys === null ? [importSecret(masterKey, projectId, row)] : await importKeys(row.keys)
    kept.keys.push(...imported.map((key) => ({ ...key, id: row.id, deadFrom, set })))
  }
  return { ...kept, algorithms: [...new Set(kept.algorithms)] }
}

/** Whatever a set holds now, it may hold another kind when it is fetched again. */
const fetchedAlgorithms: Algorithm[] = ['ES256', 'EdDSA', 'RS256']

type Imported = ImportedKey & Pick<KeptKey, 'kid'>

function importKeys(stored: string): Promise<Imported[]> {
  const keys: PublicKey[] = JSON.parse(stored)
  const imported = keys.map(async (key) => ({
    kid: key.kid,
    algorithm: key.algorithm,
    key: await importPublicKey(key),
  }))
  return Promise.all(imported)
}

function importSecret(
  masterKey: MasterKey,
  projectId: string,
  { id, sealed }: { id: string; sealed: string },
): Imported {
  const secret = masterKey.unseal(sealed, sealContext(projectId, id))
  if (secret === undefined) throw new Error(`The signing key ${id} cannot be decrypted.`)
  return { kid: null, algorithm: 'HS256', key: importSharedSecret(secret) }
}

function setFrom(row: {
  id: string
  url: string | null
  tried_at: number | null
  fetched_at: number | null
}): FetchedSet | null {
  if (row.url === null || row.tried_at === null || row.fetched_at === null) return null
  return { id: row.id, url: row.url, triedAt: row.tried_at, fetchedAt: row.fetched_at }
}

export const sealContext = (projectId: string, keyId: string): string => `${projectId}:${keyId}`
