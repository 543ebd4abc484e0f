/** The master key as files, beside a database that was copied. */
import { keyText, masterKeyFile, nextKeyFile } from '../keys/key-file.ts'
import { opens } from '../keys/master-key.ts'
import { MasterKeyError } from '../keys/master-key-error.ts'

/** What the database must be opened with: the current check first, then that of a rotation that has not finished. */
export function keyFilesFor(keys: readonly Uint8Array[], checks: readonly string[]): Map<string, string> {
  const [current, before] = checks.map((check) => keyOf(keys, check))
  const key = current ?? keys[0]
  if (!key) return new Map()
  if (!before) return new Map([[masterKeyFile, keyText(key)]])
  return new Map([
    [masterKeyFile, keyText(before)],
    [nextKeyFile, keyText(key)],
  ])
}

function keyOf(keys: readonly Uint8Array[], check: string): Uint8Array {
  const key = keys.find((one) => opens(one, check))
  if (!key) throw new MasterKeyError('The master key that is known here is not the one of this database.')
  return key
}
