/**
 * `bin/restore`: puts a backup into the data folder.
 *
 * The copy is checked and given its new epoch beside its final name; what is there already is kept in a folder of its
 * own. Then a note is written that keeps servers away, everything is put in its place, and the note goes. Ended at any
 * moment, the folder holds what it held before, or the note, and then it is to be run again.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFile, holdFolder, noteFile, readNote, searchFile } from '../db/data-folder.ts'
import { refuseFuture } from '../db/migrate.ts'
import { filesFolder } from '../files/disk.ts'
import { masterKeyFile, nextKeyFile } from '../keys/key-file.ts'
import { knownKeys, opens } from '../keys/master-key.ts'
import { copyAttachments, isAttachment } from './attachment-files.ts'
import { type Call, type Command, CommandError } from './command.ts'
import { newEpoch, renewEpoch } from './epoch.ts'
import { copyFlushed, flush, writeNote } from './files.ts'
import { factsOf, type Manifest, readManifest } from './manifest.ts'
import { besides, keepAside, requireUnused } from './set-aside.ts'
import { openFile, requireSound } from './sqlite-file.ts'

const incoming = 'restoring.db'
const incomingFiles = 'restoring-files'
const note = 'A restore into this folder has not finished: run bin/restore again.'

export const restore: Command = {
  usage: `bin/restore BACKUP            puts a backup into the data folder; the server must be stopped
bin/restore --force BACKUP    even if the folder holds data: they are kept beside it
bin/restore --new-epoch       after pg_restore: lets every client read anew`,
  async run(call) {
    if (call.options.has('--new-epoch')) return renewEpoch(call)
    const [folder] = call.words
    if (!folder || call.words.length > 1) throw new CommandError(restore.usage)
    if (call.config.databaseUrl !== undefined) throw new CommandError(notPostgres)
    const manifest = await readManifest(folder)
    mkdirSync(call.config.dataDir, { recursive: true })
    const hold = holdFolder(call.config.dataDir)
    try {
      await putBack(call, folder, manifest)
    } finally {
      hold.release()
    }
  },
}

const notPostgres =
  'DATABASE_URL is set. A backup of a data folder is restored without it, and then moved by bin/move-to-postgres.'

async function putBack(call: Call, folder: string, manifest: Manifest): Promise<void> {
  const { dataDir } = call.config
  const found = readNote(dataDir)
  const holdsData = found !== note && (found !== undefined || existsSync(join(dataDir, databaseFile)))
  if (holdsData && !call.options.has('--force')) {
    throw new CommandError(`${dataDir} holds data already. With --force they are kept beside, and replaced.`)
  }
  if (holdsData) requireUnused(dataDir)
  const copy = join(dataDir, incoming)
  const checks = await bringIn(join(folder, databaseFile), copy, manifest)
  const attachments = await bringAttachments(folder, dataDir, manifest)
  const aside = found === note ? undefined : keepAside(dataDir)
  writeNote(dataDir, note)
  for (const end of besides) rmSync(join(dataDir, `${databaseFile}${end}`), { force: true })
  // Of what was there before; it is filled anew.
  for (const end of ['', ...besides]) rmSync(join(dataDir, `${searchFile}${end}`), { force: true })
  if (manifest.masterKey === 'included') putKeys(dataDir, folder, manifest)
  putAttachments(dataDir, attachments)
  renameSync(copy, join(dataDir, databaseFile))
  flush(dataDir)
  rmSync(join(dataDir, noteFile))
  flush(dataDir)
  tell(call, manifest, checks, aside)
}

/** Checks the copy and gives it an epoch of its own. Gives what its master key must open. */
async function bringIn(source: string, copy: string, manifest: Manifest): Promise<string[]> {
  copyFlushed(source, copy)
  const { sha256 } = await factsOf(copy)
  if (sha256 !== manifest.files[databaseFile]?.sha256) throw new CommandError('The backup changed while it was read.')
  const database = openFile(copy)
  try {
    requireSound(database)
    refuseFuture(
      database
        .prepare('select name from migrations')
        .all()
        .map(({ name }) => String(name)),
    )
    database.prepare('update installation set epoch = ?').run(newEpoch())
    const row = database.prepare('select * from installation').get() ?? {}
    return [row.master_key_check, row.master_key_check_before].filter((check) => typeof check === 'string')
  } finally {
    database.close()
    flush(copy)
  }
}

/** Beside their place, and each what it was when the backup was made. Whether there are any. */
async function bringAttachments(folder: string, dataDir: string, { files }: Manifest): Promise<boolean> {
  const names = Object.keys(files).filter(isAttachment)
  const beside = join(dataDir, incomingFiles)
  rmSync(beside, { recursive: true, force: true })
  copyAttachments(folder, beside, names)
  for (const name of names) {
    const { sha256 } = await factsOf(join(beside, name))
    if (sha256 !== files[name]?.sha256) throw new CommandError('The backup changed while it was read.')
  }
  return names.length > 0
}

function putAttachments(dataDir: string, are: boolean): void {
  rmSync(join(dataDir, filesFolder), { recursive: true, force: true })
  if (are) renameSync(join(dataDir, incomingFiles, filesFolder), join(dataDir, filesFolder))
  rmSync(join(dataDir, incomingFiles), { recursive: true, force: true })
}

function putKeys(dataDir: string, folder: string, { files }: Manifest): void {
  for (const name of [masterKeyFile, nextKeyFile]) {
    const path = join(dataDir, name)
    if (!files[name]) rmSync(path, { force: true })
    else {
      copyFlushed(join(folder, name), `${path}.restoring`)
      renameSync(`${path}.restoring`, path)
    }
  }
}

function tell({ config, say }: Call, manifest: Manifest, checks: string[], aside: string | undefined): void {
  const { messages = 0, conversations = 0 } = manifest.rows
  say(`${config.dataDir} holds ${messages} messages of ${conversations} conversations, as of ${manifest.takenAt}.`)
  tellOfAttachments(config, say, manifest)
  if (aside) say(`What was there before is in ${aside}.`)
  say('What was revoked, banned or signed out since then is so no longer: see to the keys and members now.')
  const keys = knownKeys(config)
  if (checks.some((check) => !keys.some((key) => opens(key, check)))) {
    say('The master key of this backup is not here: set SIGNET_MASTER_KEY, or bring back master.key, before the start.')
  }
}

function tellOfAttachments({ dataDir, files: bucket }: Call['config'], say: Call['say'], manifest: Manifest): void {
  const count = Object.keys(manifest.files).filter(isAttachment).length
  if (count > 0) say(`With them are ${count} files of attachments.`)
  else if (manifest.rows.attachments) say('The backup has no files of attachments: they are where FILES_URL says.')
  if (count > 0 && bucket) {
    say(`They are in ${join(dataDir, filesFolder)}, and the server looks for them in the bucket: copy them there.`)
  }
}
