/**
 * The candidates for a project's visitor tokens: decrypted and imported once, kept until something changes.
 * Verifying costs no read of the database while nothing has changed; a node that cannot be sure of that (VS16)
 * reads again every time.
 */
import type { PublicKey } from '../../identity/public-key.ts'
import type { Algorithm, SigningKey } from '../../identity/visitor-token.ts'
import type { Database } from '../db/database.ts'
import { fetchKeySet } from './fetch-key-set.ts'
import type { MasterKey } from './master-key.ts'
import { type FetchedSet, type Kept, type KeptKey, readKeys, rememberDeadMs, sealContext } from './read-keys.ts'

export interface Candidates {
  keys: SigningKey[]
  /** Of every key that the project ever had. */
  algorithms: Algorithm[]
  /** The live sets of keys among them that are fetched (SS8). */
  sets: FetchedSet[]
}

export interface PlainSecret {
  id: string
  projectId: string
  text: string
}

const maxDead = 10
const maxPlainSecrets = 50
/** How long a set that cannot be fetched any more is still believed. */
const lastGoodMs = 24 * 3_600_000

export class KeyStore {
  #database: Database
  #masterKey: MasterKey
  #fresh: () => boolean
  #kept = new Map<string, Promise<Kept>>()
  #fetching = new Map<string, Promise<void>>()
  /** Where the keys of an address come from. Tests put their own here. */
  fetchKeySet: (url: string) => Promise<PublicKey[]> = fetchKeySet

  constructor(parts: { database: Database; masterKey: MasterKey; fresh: () => boolean }) {
    this.#database = parts.database
    this.#masterKey = parts.masterKey
    this.#fresh = parts.fresh
  }

  async candidates(projectId: string, now: number): Promise<Candidates> {
    const { keys, algorithms, sets } = await this.#keep(projectId, now)
    const isDead = ({ deadFrom }: KeptKey) => deadFrom !== null && deadFrom <= now
    const live = keys.filter((key) => !isDead(key) && (key.set === null || now - key.set.fetchedAt < lastGoodMs))
    const dead = keys.filter((key) => isDead(key) && (key.deadFrom ?? 0) > now - rememberDeadMs)
    // A set counts as one, however many keys it had.
    const newest = new Set([...new Set(dead.map(({ id }) => id))].slice(0, maxDead))
    const remembered = dead.filter(({ id }) => newest.has(id))
    return { keys: [...live.map(asLive), ...remembered.map(asDead)], algorithms, sets }
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
      const text = this.#masterKey.unseal(sealed, sealContext(projectId, id))
      return text === undefined ? [] : [{ id, projectId, text }]
    })
  }

  forget(projectId: string): void {
    this.#kept.delete(projectId)
  }

  forgetAll(): void {
    this.#kept.clear()
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

  #keep(projectId: string, now: number): Promise<Kept> {
    const known = this.#kept.get(projectId)
    if (known && this.#fresh()) return known
    const read = readKeys(this.#database, this.#masterKey, projectId, now)
    this.#kept.set(projectId, read)
    // A failed reading must not be remembered as the answer.
    read.catch(() => this.#kept.get(projectId) === read && this.#kept.delete(projectId))
    return read
  }
}

const asLive = (key: KeptKey): SigningKey => candidate(key, 'live')
const asDead = (key: KeptKey): SigningKey => candidate(key, 'dead')

function candidate({ kid, deadFrom: _deadFrom, set: _set, ...key }: KeptKey, state: 'live' | 'dead'): SigningKey {
  return { ...key, ...(kid !== null && { kid }), state }
}
