/**
 * The key under which secrets are encrypted at rest (SS4): given by the environment, or kept in a file beside the
 * database. A new key is made only while nothing is encrypted: otherwise a lost key file would be replaced in
 * silence, and every secret with it.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../db/database.ts'
import { seal, unseal } from './seal.ts'

export class MasterKeyError extends Error {
  override name = 'MasterKeyError'
}

const known = 'signet'
const context = 'master-key-check'
export const masterKeyFile = 'master.key'

export async function openMasterKey(
  database: Database,
  given: Uint8Array | undefined,
  dataDir: string,
): Promise<Uint8Array> {
  const check = await rememberedCheck(database)
  const path = join(dataDir, masterKeyFile)
  const key = given ?? readKeyFile(path) ?? (check === null ? makeKeyFile(path) : undefined)
  if (!key) {
    throw new MasterKeyError(`The master key is missing: set SIGNET_MASTER_KEY, or bring back the file ${path}.`)
  }
  if (check === null) await rememberKey(database, key)
  else if (unseal(key, check, context) !== known) {
    const source = given ? 'SIGNET_MASTER_KEY' : `The key file ${path}`
    throw new MasterKeyError(`${source} is not the key that this database was encrypted with.`)
  }
  return key
}

/** What the key must open, or null while nothing is encrypted: then any key will do. */
async function rememberedCheck(database: Database): Promise<string | null> {
  const encrypted = await database.read
    .selectFrom('signing_keys')
    .select('id')
    .where('sealed', '!=', '')
    .limit(1)
    .executeTakeFirst()
  if (!encrypted) return null
  const row = await database.read.selectFrom('installation').select('master_key_check').executeTakeFirstOrThrow()
  return row.master_key_check
}

async function rememberKey(database: Database, key: Uint8Array): Promise<void> {
  await database.transaction((tx) =>
    tx.query
      .updateTable('installation')
      .set({ master_key_check: seal(key, known, context) })
      .execute(),
  )
}

function readKeyFile(path: string): Uint8Array | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new MasterKeyError(`The key file ${path} cannot be read.`)
  }
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new MasterKeyError(`The key file ${path} does not hold a key of 32 bytes.`)
  return key
}

function makeKeyFile(path: string): Uint8Array {
  const key = randomBytes(32)
  writeFileSync(path, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}
