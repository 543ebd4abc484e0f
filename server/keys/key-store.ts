/**
 * The candidates for a project's visitor tokens: decrypted and imported once, kept until something changes.
 * Verifying costs no read of the database while nothing has changed; a node that cannot be sure of that (VS16)
 * reads again every time.
 */
import { importPublicKey, type PublicKey } from '../../identity/public-key.ts'
import { importSharedSecret } from '../../identity/shared-secret.ts'
import type { Algorithm, SigningKey } from '../../identity/visitor-token.ts'
import type { Database } from '../db/database.ts'
import { fetchKeySet } from './fetch-key-set.ts'
import { unseal } from './seal.ts'

export interface Candidates {
  keys: SigningKey[]
  /** Of every key that the project ever had. */
  algorithms: Algorithm[]
  /** The live sets of keys among them that are fetched (SS8). */
  sets: FetchedSet[]
}

export interface FetchedSet {
  id: string
  url: string
  /** When somebody last went to fetch it, and when that went well. */
  triedAt: number
  fetchedAt: number
}

export interface PlainSecret {
  id: string
  projectId: string
  text: string
}

interface KeptKey {
  id: string
  kid: string | null
  algorithm: Algorithm
  key: CryptoKey
  /** When it stops verifying, by revocation or by the end of its grace; null while it is active. */
  deadFrom: number | null
  /** The set that it was fetched with. */
  set: FetchedSet | null
}

interface Kept {
  keys: KeptKey[]
  algorithms: Algorithm[]
  sets: FetchedSet[]
}

export const rememberDeadMs = 30 * 86_400_000
const maxDead = 10
const maxPlainSecrets = 50
/** How long a set that cannot be fetched any more is still believed. */
export const lastGoodMs = 24 * 3_600_000

export class KeyStore {
  #database: Database
  #masterKey: Uint8Array
  #fresh: () => boolean
  #kept = new Map<string, Promise<Kept>>()
  #fetching = new Map<string, Promise<void>>()
  /** Where the keys of an address come from. Tests put their own here. */
  fetchKeySet: (url: string) => Promise<PublicKey[]> = fetchKeySet

  constructor(parts: { database: Database; masterKey: Uint8Array; fresh: () => boolean }) {
    this.#database = parts.database
    this.#masterKey = parts.masterKey
    this.#fresh = parts.fresh
  }

  async candidates(projectId: string, now: number): Promise<Candidates> {
    const { keys, algorithms, sets } = await this.#keep(projectId)
    const isDead = (key: KeptKey) => key.deadFrom !== null && key.deadFrom <= now
    const live = keys.filter((key) => !isDead(key))
    const believed = live.filter(({ set }) => set === null || now - set.fetchedAt < lastGoodMs)
    const dead = keys.filter((key) => isDead(key) && (key.deadFrom ?? 0) > now - rememberDeadMs).slice(0, maxDead)
    const candidate =
      (state: 'live' | 'dead') =>
      ({ id, kid, algorithm, key }: KeptKey): SigningKey => ({
        id,
        ...(kid !== null && { kid }),
        algorithm,
        key,
        state,
      })
    return { keys: [...believed.map(candidate('live')), ...dead.map(candidate('dead'))], algorithms, sets }
  }

  /** The newest secrets themselves, to find out what went wrong with one: read each time, and kept nowhere. */
  async secrets(projectIds: readonly string[], now: number): Promise<PlainSecret[]> {
    if (projectIds.length === 0) return []
    const rows = await this.#database.read
      .selectFrom('signing_keys')
      .select(['id', 'project_id', 'sealed', 'revoked_at', 'retires_at'])
      .where('project_id', 'in', projectIds)
      .where('sealed', '!=', '')
      .orderBy('created_at', 'desc')
      .limit(maxPlainSecrets)
      .execute()
    return rows.flatMap(({ id, project_id: projectId, sealed, revoked_at, retires_at }) => {
      const deadFrom = revoked_at ?? retires_at
      if (deadFrom !== null && deadFrom <= now - rememberDeadMs) return []
      const text = unseal(this.#masterKey, sealed, sealContext(projectId, id))
      return text === undefined ? [] : [{ id, projectId, text }]
    })
  }

  forget(projectId: string): void {
    this.#kept.delete(projectId)
  }

  isFetching(setId: string): boolean {
    return this.#fetching.has(setId)
  }

  /** Whoever wants the same set meanwhile waits for the same fetch. */
  fetchingOnce(setId: string, fetch: () => Promise<void>): Promise<void> {
    const under = this.#fetching.get(setId)
    if (under) return under
    const fetching = fetch().finally(() => this.#fetching.delete(setId))
    this.#fetching.set(setId, fetching)
    return fetching
  }

  #keep(projectId: string): Promise<Kept> {
    const known = this.#kept.get(projectId)
    if (known && this.#fresh()) return known
    const read = this.#read(projectId)
    this.#kept.set(projectId, read)
    // A failed reading must not be remembered as the answer.
    read.catch(() => this.#kept.get(projectId) === read && this.#kept.delete(projectId))
    return read
  }

  async #read(projectId: string): Promise<Kept> {
    const rows = await this.#database.read
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
      const deadFrom = row.revoked_at ?? row.retires_at
      const set = setFrom(row)
      if (set && deadFrom === null) kept.sets.push(set)
      for (const { kid, algorithm, key } of await this.#import(projectId, row)) {
        kept.keys.push({ id: row.id, kid, algorithm, key, deadFrom, set })
      }
      kept.algorithms.push(...(row.algorithm === 'JWKS' ? fetchedAlgorithms : [row.algorithm]))
    }
    return { ...kept, algorithms: [...new Set(kept.algorithms)] }
  }

  async #import(
    projectId: string,
    row: KeyRow,
  ): Promise<{ kid: string | null; algorithm: Algorithm; key: CryptoKey }[]> {
    if (row.keys !== null) {
      const keys: PublicKey[] = JSON.parse(row.keys)
      return Promise.all(keys.map(async (key) => ({ ...key, key: await importPublicKey(key) })))
    }
    // Erased: it died so long ago that it is no candidate any more.
    if (row.sealed === '') return []
    const secret = unseal(this.#masterKey, row.sealed, sealContext(projectId, row.id))
    if (secret === undefined) throw new Error(`The signing key ${row.id} cannot be decrypted.`)
    return [{ kid: null, algorithm: 'HS256', key: await importSharedSecret(secret) }]
  }
}

type KeyRow = { id: string; sealed: string; keys: string | null }

/** Whatever a set holds now, it may hold another kind when it is fetched again. */
const fetchedAlgorithms: Algorithm[] = ['ES256', 'EdDSA', 'RS256']

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
