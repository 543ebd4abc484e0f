/** The master key in a file of the data folder, for its owner alone. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MasterKeyError } from './master-key-error.ts'

export const masterKeyFile = 'master.key'
/** The one that it is being rotated to. */
export const nextKeyFile = 'master.key.next'

export const keyPath = (dataDir: string, name = masterKeyFile): string => join(dataDir, name)

export function readKeyFile(dataDir: string, name = masterKeyFile): Uint8Array | undefined {
  const path = keyPath(dataDir, name)
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

export function makeKeyFile(dataDir: string): Uint8Array {
  const key = randomBytes(32)
  writeFileSync(keyPath(dataDir), keyText(key), { mode: 0o600, flag: 'wx' })
  return key
}

export const keyText = (key: Uint8Array): string => `${Buffer.from(key).toString('base64')}\n`
