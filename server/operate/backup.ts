/**
 * `bin/backup`: a copy of everything, of one moment, while the server runs.
 *
 * SQLite writes the copy itself, in one reading transaction: it holds what was committed when it began, and nobody
 * waits for it. What was deleted is not in it, not even as free pages. The copy is made beside its final name, checked,
 * flushed, and only then renamed, so that whatever has the name is whole.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { databaseFile, holdLock } from '../db/data-folder.ts'
import { filesFolder } from '../files/disk.ts'
import { masterKeyFile, nextKeyFile } from '../keys/key-file.ts'
import { knownKeys } from '../keys/master-key.ts'
import { readVersion } from '../version.ts'
import { attachmentFiles, copyAttachments, isAttachment } from './attachment-files.ts'
import { type Call, type Command, CommandError } from './command.ts'
import { flush, stamp, writeFlushed } from './files.ts'
import { keyFilesFor } from './key-files.ts'
import { factsOf, type Manifest, manifestFile } from './manifest.ts'
import { one, openFile, requireSound, rowsByTable } from './sqlite-file.ts'

const unfinished = '.unfinished-'
const finished = 'signet-'

export const backup: Command = {
  usage: `bin/backup FOLDER                     makes a folder with a backup in FOLDER; the server may run
bin/backup --with-master-key FOLDER   puts the master key into it, too`,
  async run(call) {
    const [target] = call.words
    if (!target || call.words.length > 1) throw new CommandError(backup.usage)
    if (call.config.databaseUrl !== undefined) throw new CommandError(byPostgres)
    const source = join(call.config.dataDir, databaseFile)
    if (!existsSync(source)) throw new CommandError(`There is nothing to back up: ${source} does not exist.`)
    mkdirSync(target, { recursive: true })
    const hold = holdLock(join(target, '.backup.lock'), 0, `Another backup is being made in ${target}.`)
    try {
      sweep(target)
      await makeBackup(call, source, target)
    } finally {
      sweep(target)
      hold.release()
    }
  },
}

const byPostgres = `The data are in PostgreSQL, which makes its own backups while the server runs:
  pg_dump --format=custom --file=signet.dump "$DATABASE_URL"
To restore one, stop every node, set DATABASE_URL to a new database, and then:
  pg_restore --single-transaction --dbname="$DATABASE_URL" signet.dump && bin/restore --new-epoch
The files of attachments are not in it: copy DATA_DIR/files after the dump, or let the bucket keep versions.
The master key is in neither: keep SIGNET_MASTER_KEY elsewhere.`

async function makeBackup(call: Call, source: string, target: string): Promise<void> {
  const now = Date.now()
  const name = `${finished}${stamp(now)}`
  const path = join(target, name)
  if (existsSync(path)) throw new CommandError(`${path} is there already.`)
  const folder = join(target, `${unfinished}${name}`)
  mkdirSync(folder, { mode: 0o700 })
  const { manifest, lost } = await fill(folder, call, source, now)
  renameSync(folder, path)
  flush(target)
  const { messages = 0, conversations = 0 } = manifest.rows
  call.say(`${resolve(path)} holds ${messages} messages of ${conversations} conversations.`)
  call.say(attachmentsIn(manifest, call.config.files !== undefined))
  if (lost > 0)
    call.say(`${lost} of the files that attachments name are missing from ${join(call.config.dataDir, filesFolder)}.`)
  call.say(sentenceOf(manifest.masterKey, call.config.masterKey !== undefined))
}

async function fill(folder: string, { config, options }: Call, source: string, now: number) {
  const before = knownKeys(config)
  const copied = copyDatabase(source, join(folder, databaseFile))
  const attachments = config.files ? [] : copyAttachments(config.dataDir, folder, copied.attachments)
  const lost = config.files ? 0 : namedStill(source, copied.attachments, attachments)
  const names = [databaseFile, ...attachments]
  if (options.has('--with-master-key')) {
    // It may just be rotated: what the copy needs was there before it, or is there now.
    const keys = keyFilesFor([...before, ...knownKeys(config)], copied.checks)
    for (const [file, text] of keys) writeFlushed(join(folder, file), text)
    names.push(...keys.keys())
  }
  const files: Manifest['files'] = {}
  for (const file of names) files[file] = await factsOf(join(folder, file))
  const manifest: Manifest = {
    signet: readVersion(),
    schema: copied.schema,
    takenAt: new Date(now).toISOString(),
    epoch: copied.epoch,
    masterKey: names.some((name) => name === masterKeyFile || name === nextKeyFile) ? 'included' : 'not included',
    rows: copied.rows,
    files,
  }
  writeFlushed(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
  flush(folder)
  return { manifest, lost }
}

function copyDatabase(source: string, copy: string) {
  const database = openFile(source)
  try {
    database.prepare('vacuum into ?').run(copy)
  } finally {
    database.close()
  }
  const copied = openFile(copy)
  try {
    requireSound(copied)
    // All columns: the database may be one that this version has not brought up to date yet.
    const row = copied.prepare('select * from installation').get() ?? {}
    return {
      rows: rowsByTable(copied),
      attachments: attachmentFiles(copied),
      schema: one<string>(copied, 'select max(name) from migrations'),
      epoch: String(row.epoch),
      checks: [row.master_key_check, row.master_key_check_before].filter((check) => typeof check === 'string'),
    }
  } finally {
    copied.close()
    chmodSync(copy, 0o600)
    flush(copy)
  }
}

/** Of what was not there to be copied: a file is deleted only after its attachment, so whatever has one still is lost. */
function namedStill(source: string, named: readonly string[], there: readonly string[]): number {
  const missing = new Set(named).difference(new Set(there))
  if (missing.size === 0) return 0
  const database = openFile(source)
  try {
    return attachmentFiles(database).filter((name) => missing.has(name)).length
  } finally {
    database.close()
  }
}

function attachmentsIn({ files, rows }: Manifest, inBucket: boolean): string {
  if (inBucket) return 'The files of attachments are in the bucket of FILES_URL, and not in this backup.'
  const count = Object.keys(files).filter(isAttachment).length
  return `With them are ${count} files of ${rows.attachments ?? 0} attachments.`
}

function sentenceOf(masterKey: Manifest['masterKey'], given: boolean): string {
  if (masterKey === 'included') {
    return 'The master key is in it: whoever has this backup can read every shared secret.'
  }
  const where = given ? 'SIGNET_MASTER_KEY' : 'master.key in the data folder'
  return `The master key is not in it: keep ${where} elsewhere, for without it the shared secrets are lost.`
}

/** What a backup left behind that was ended half-way. */
function sweep(target: string): void {
  const left = readdirSync(target).filter((name) => name.startsWith(unfinished))
  for (const name of left) rmSync(join(target, name), { recursive: true })
}
