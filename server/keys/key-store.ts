/**
 * The candidates for a project's visitor tokens: decrypted and imported once, kept until something changes.
 * Verifying costs no read of the database while nothing has changed; a node that cannot be sure of that (VS16)
 * reads again every time.
 */
import { importSharedSecret } from '../../identity/shared-secret.ts'
import type { Algorithm, SigningKey } from '../../identity/visitor-token.ts'
import type { Database } from '../db/database.ts'
import { unseal } from './seal.ts'

export interface Candidates {
  keys: SigningKey[]
  /** Of every key that the project ever had. */
  algorithms: Algorithm[]
}

interface KeptKey {
  id: string
  algorithm: Algorithm
  key: CryptoKey
  /** When it stops verifying, by revocation or by the end of its grace; null while it is active. */
  deadFrom: number | null
}

interface Kept {
  keys: KeptKey[]
  algorithms: Algorithm[]
}

const rememberDeadMs = 30 * 86_400_000
const maxDead = 10

export class KeyStore {
  #database: Database
  #masterKey: Uint8Array
  #fresh: () => boolean
  #kept = new Map<string, Promise<Kept>>()

  constructor(parts: { database: Database; masterKey: Uint8Array; fresh: () => boolean }) {
    this.#database = parts.database
    this.#masterKey = parts.masterKey
    this.#fresh = parts.fresh
  }

  async candidates(projectId: string, now: number): Promise<Candidates> {
    const { keys, algorithms } = await this.#keep(projectId)
    const isDead = (key: KeptKey) => key.deadFrom !== null && key.deadFrom <= now
    const live = keys.filter((key) => !isDead(key))
    const dead = keys.filter((key) => isDead(key) && (key.deadFrom ?? 0) > now - rememberDeadMs).slice(0, maxDead)
    const candidate =
      (state: 'live' | 'dead') =>
      (key: KeptKey): SigningKey => ({
        id: key.id,
        algorithm: key.algorithm,
        key: key.key,
        state,
      })
    return { keys: [...live.map(candidate('live')), ...dead.map(candidate('dead'))], algorithms }
  }

  forget(projectId: string): void {
    this.#kept.delete(projectId)
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
      .selectFrom('signing_keys')
      .select(['id', 'algorithm', 'sealed', 'created_at', 'retires_at', 'revoked_at'])
      .where('project_id', '=', projectId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute()
    const keys: KeptKey[] = []
    for (const row of rows) {
      const secret = unseal(this.#masterKey, row.sealed, sealContext(projectId, row.id))
      if (secret === undefined) throw new Error(`The signing key ${row.id} cannot be decrypted.`)
      keys.push({
        id: row.id,
        algorithm: row.algorithm,
        key: await importSharedSecret(secret),
        deadFrom: row.revoked_at ?? row.retires_at,
      })
    }
    return { keys, algorithms: [...new Set(keys.map((key) => key.algorithm))] }
  }
}

export const sealContext = (projectId: string, keyId: string): string => `${projectId}:${keyId}`
