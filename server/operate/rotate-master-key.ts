/**
 * `bin/rotate-master-key`: everything sealed, from the old master key to the new one, while servers run.
 *
 * They must know both keys. With a key file they do by themselves: the new one lies beside it while this works, and a
 * server that cannot open something looks again. Otherwise they are given both. Ended half-way, it is run again.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFile, holdLock } from '../db/data-folder.ts'
import { keyPath, keyText, nextKeyFile, readKeyFile } from '../keys/key-file.ts'
import { type Call, type Command, CommandError } from './command.ts'
import { flush, stamp, writeFlushed } from './files.ts'
import { reseal } from './reseal.ts'
import { openInstallation } from './stores.ts'

export const rotateMasterKey: Command = {
  usage: `bin/rotate-master-key   re-encrypts the shared secrets, and all that is sealed, under a new master key
With a key file it makes the new key itself. Otherwise first start every node with SIGNET_MASTER_KEY and
SIGNET_MASTER_KEY_NEXT, the new one; run this with both; then start them with the new one as SIGNET_MASTER_KEY.`,
  async run(call) {
    if (call.words.length > 0) throw new CommandError(rotateMasterKey.usage)
    if (call.config.masterKey) await rotateGiven(call, call.config.masterKey)
    else await rotateFile(call)
  },
}

async function rotateGiven(call: Call, from: Uint8Array): Promise<void> {
  const to = call.config.nextMasterKey
  if (!to) throw new CommandError(`Give the new key as SIGNET_MASTER_KEY_NEXT.\n${rotateMasterKey.usage}`)
  await resealAll(call, from, to)
  call.say('Start every node with the new key as SIGNET_MASTER_KEY, and without SIGNET_MASTER_KEY_NEXT.')
  call.say(keepOld)
}

async function rotateFile(call: Call): Promise<void> {
  const { dataDir } = call.config
  const from = readKeyFile(dataDir)
  if (!from) throw new CommandError(`There is no key file in ${dataDir} to be followed by another.`)
  const hold = holdLock(join(dataDir, 'rotation.lock'), 0, 'The master key is just being rotated.')
  try {
    await resealAll(call, from, readKeyFile(dataDir, nextKeyFile) ?? makeNextKey(dataDir))
    const old = `${keyPath(dataDir)}.before-${stamp(Date.now())}`
    linkSync(keyPath(dataDir), old)
    renameSync(keyPath(dataDir, nextKeyFile), keyPath(dataDir))
    flush(dataDir)
    call.say(`${keyPath(dataDir)} holds the new key, and ${old} the old one.`)
    call.say(keepOld)
  } finally {
    hold.release()
  }
}

const keepOld = 'Keep the old one for as long as you keep backups from before, and apart from them.'

/** On the disk under its name, whole, before anything is under it. */
function makeNextKey(dataDir: string): Uint8Array {
  const key = randomBytes(32)
  const path = keyPath(dataDir, nextKeyFile)
  writeFlushed(`${path}.unfinished`, keyText(key))
  renameSync(`${path}.unfinished`, path)
  flush(dataDir)
  return key
}

async function resealAll({ config, say }: Call, from: Uint8Array, to: Uint8Array): Promise<void> {
  const database = await openInstallation(config)
  try {
    const count = await reseal(database, from, to)
    say(`${count} sealed values are under the new key${config.databaseUrl ? '' : `, in ${databaseFile}`}.`)
  } finally {
    await database.close()
  }
}
