/**
 * The key under which secrets are encrypted at rest (SS4): given by the environment, or kept in a file beside the
 * database. A new key is made only while nothing is encrypted: otherwise a lost key file would be replaced in
 * silence, and every secret with it.
 *
 * While it is rotated there are two, and a server that knows both reads what is under either. Which one is written
 * with, the database says and not the server: it is asked in the very turn that stores what is sealed, so that nothing
 * is put under the old key behind the back of the rotation.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Database, Transaction } from '../db/database.ts'
import { keyPath, makeKeyFile, nextKeyFile, readKeyFile } from './key-file.ts'
import { MasterKeyError } from './master-key-error.ts'
import { seal, unseal } from './seal.ts'
import { isAnythingSealed } from './sealed-values.ts'

export interface KeySource {
  masterKey: Uint8Array | undefined
  /** The other key of a rotation. */
  nextMasterKey: Uint8Array | undefined
  dataDir: string
}

const known = 'signet'
const context = 'master-key-check'
const turnName = 'master key'

export class MasterKey {
  #keys: readonly Uint8Array[]
  #readAgain: () => readonly Uint8Array[]

  constructor(keys: readonly Uint8Array[], readAgain: () => readonly Uint8Array[] = () => keys) {
    this.#keys = keys
    this.#readAgain = readAgain
  }

  /** For a value that the same turn stores. */
  async seal(tx: Transaction, secret: string, boundTo: string): Promise<string> {
    await aloneWithMasterKey(tx)
    const [row] = await tx.rows<{ check: string | null }>('select master_key_check as "check" from installation', [])
    const check = row?.check ?? null
    const key = this.#tried((one) => (check === null || opens(one, check) ? one : undefined))
    if (!key) throw new MasterKeyError('The master key has been rotated, and this process does not know the new one.')
    return seal(key, secret, boundTo)
  }

  /** The secret, or undefined if it is under a key that is not known here, or bound to something else. */
  unseal(sealed: string, boundTo: string): string | undefined {
    return this.#tried((key) => unseal(key, sealed, boundTo))
  }

  /** A mark that only an installation with this key can make; good for what does not outlive a rotation. */
  sign(bytes: Uint8Array, purpose: string): Uint8Array {
    const [key] = this.#keys
    if (!key) throw new MasterKeyError('There is no master key.')
    return macOf(key, bytes, purpose)
  }

  isSigned(bytes: Uint8Array, mark: Uint8Array, purpose: string): boolean {
    const isIts = (key: Uint8Array) => mark.length === 32 && timingSafeEqual(macOf(key, bytes, purpose), mark)
    return this.#tried((key) => isIts(key) || undefined) ?? false
  }

  /** With what is known, and then with what the files say by now: the key may have been rotated meanwhile. */
  #tried<Result>(attempt: (key: Uint8Array) => Result | undefined): Result | undefined {
    const result = firstOf(this.#keys, attempt)
    if (result !== undefined) return result
    this.#keys = this.#readAgain()
    return firstOf(this.#keys, attempt)
  }
}

export async function openMasterKey(database: Database, source: KeySource): Promise<MasterKey> {
  const checks = await rememberedChecks(database)
  const found = knownKeys(source)
  const keys = found.length === 0 && checks.length === 0 ? [makeKeyFile(source.dataDir)] : found
  const [first] = keys
  if (!first) {
    const path = keyPath(source.dataDir)
    throw new MasterKeyError(`The master key is missing: set SIGNET_MASTER_KEY, or bring back the file ${path}.`)
  }
  if (checks.length === 0) await rememberKey(database, first)
  else requireAll(checks, keys, source)
  return new MasterKey(keys, () => knownKeys(source))
}

/** Nobody else seals or begins a rotation until this turn is over. */
export const aloneWithMasterKey = (tx: Transaction): Promise<void> => tx.alone(turnName)

export const checkFor = (key: Uint8Array): string => seal(key, known, context)

export const opens = (key: Uint8Array, check: string): boolean => unseal(key, check, context) === known

/** What is given counts alone: a file beside it may be of another time. */
export function knownKeys({ masterKey, nextMasterKey, dataDir }: KeySource): Uint8Array[] {
  const keys = masterKey ? [masterKey, nextMasterKey] : [readKeyFile(dataDir), readKeyFile(dataDir, nextKeyFile)]
  return keys.filter((key) => key !== undefined)
}

function requireAll(checks: readonly string[], keys: readonly Uint8Array[], { masterKey, dataDir }: KeySource): void {
  const opened = checks.filter((check) => keys.some((key) => opens(key, check)))
  if (opened.length === checks.length) return
  if (opened.length > 0) {
    throw new MasterKeyError(
      'The master key is being rotated, and some secrets are still under the other one: set both, SIGNET_MASTER_KEY and SIGNET_MASTER_KEY_NEXT, or run bin/rotate-master-key to its end.',
    )
  }
  const source = masterKey ? 'SIGNET_MASTER_KEY' : `The key file ${keyPath(dataDir)}`
  throw new MasterKeyError(`${source} is not the key that this database was encrypted with.`)
}

/** What the keys must open; nothing while nothing is encrypted: then any key will do. */
async function rememberedChecks(database: Database): Promise<string[]> {
  if (!(await isAnythingSealed(database))) return []
  const row = await database.read
    .selectFrom('installation')
    .select(['master_key_check', 'master_key_check_before'])
    .executeTakeFirstOrThrow()
  return [row.master_key_check, row.master_key_check_before].filter((check) => check !== null)
}

async function rememberKey(database: Database, key: Uint8Array): Promise<void> {
  await database.transaction((tx) =>
    tx.query
      .updateTable('installation')
      .set({ master_key_check: checkFor(key), master_key_check_before: null })
      .execute(),
  )
}

function firstOf<Result>(
  keys: readonly Uint8Array[],
  attempt: (key: Uint8Array) => Result | undefined,
): Result | undefined {
  for (const key of keys) {
    const result = attempt(key)
    if (result !== undefined) return result
  }
  return undefined
}

const macOf = (key: Uint8Array, bytes: Uint8Array, purpose: string): Uint8Array =>
  createHmac('sha256', derivedFrom(key, purpose)).update(bytes).digest()

/** Kept: deriving one costs more than what is done with it, and each signal between nodes is signed. */
const derivedKeys = new WeakMap<Uint8Array, Map<string, Uint8Array>>()

function derivedFrom(key: Uint8Array, purpose: string): Uint8Array {
  const own = derivedKeys.get(key) ?? new Map<string, Uint8Array>()
  const derived = own.get(purpose) ?? new Uint8Array(hkdfSync('sha256', key, '', `signet ${purpose}`, 32))
  derivedKeys.set(key, own.set(purpose, derived))
  return derived
}
