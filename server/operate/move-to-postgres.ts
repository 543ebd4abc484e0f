/**
 * `bin/move-to-postgres`: everything from the data folder into an empty PostgreSQL.
 *
 * Table by table, in the order of the primary keys, a batch a transaction: so the last key that is there says where to
 * go on, whenever this was ended. A mark among the names of the schema's steps keeps servers away from what is only
 * half there. In the end every row is read back from both sides and compared.
 *
 * The epoch moves along: the log is the same, and so cursors stay good. What stays behind in the folder gets another
 * one, in case somebody starts from there again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { databaseFile, holdFolder, readNote } from '../db/data-folder.ts'
import { migrate } from '../db/migrate.ts'
import { getTypeParser } from '../db/postgres.ts'
import { unreachable } from '../db/reach-postgres.ts'
import { openSqlite } from '../db/sqlite.ts'
import { filesFolder } from '../files/disk.ts'
import { openFileStore } from '../files/store.ts'
import { openMasterKey } from '../keys/master-key.ts'
import { attachmentsOnDisk, sendAttachments } from './attachment-files.ts'
import { type Call, type Command, CommandError } from './command.ts'
import { compareTable, copyTable } from './copy-table.ts'
import { newEpoch } from './epoch.ts'
import { writeNote } from './files.ts'
import { prepareTarget, releaseTarget } from './move-target.ts'
import { one, openFile, requireSound, tablesInOrder } from './sqlite-file.ts'

const movedNote = 'These data were moved to PostgreSQL'

export const moveToPostgres: Command = {
  usage: `bin/move-to-postgres   moves everything from the data folder into the empty PostgreSQL at DATABASE_URL
The server must be stopped. Ended half-way, it goes on where it was when it is run again.`,
  async run(call) {
    const { dataDir, databaseUrl } = call.config
    if (call.words.length > 0) throw new CommandError(moveToPostgres.usage)
    if (databaseUrl === undefined) throw new CommandError('Say where to: set DATABASE_URL.')
    if (!existsSync(join(dataDir, databaseFile))) throw new CommandError(`There is nothing to move in ${dataDir}.`)
    const hold = holdFolder(dataDir)
    const client = new pg.Client({ connectionString: databaseUrl, types: { getTypeParser } })
    try {
      await client.connect().catch((error) => Promise.reject(unreachable(error)))
      await move(call, client, databaseUrl)
    } finally {
      await client.end()
      hold.release()
    }
  },
}

async function move(call: Call, client: pg.Client, url: string): Promise<void> {
  const { dataDir } = call.config
  const note = readNote(dataDir)
  if (note !== undefined && !note.startsWith(movedNote)) throw new CommandError(note)
  if (note === undefined) await bringUpToDate(call)
  const source = openFile(join(dataDir, databaseFile))
  try {
    const epoch = one<string>(source, 'select epoch from installation')
    if (note === undefined) {
      requireSound(source)
      await prepareTarget(client, url, source)
      await copyAll(call, client, source)
      writeNote(dataDir, `${movedNote} on ${new Date().toISOString()}: set DATABASE_URL.`)
    }
    await moveAttachments(call)
    await releaseTarget(client, epoch)
    source.prepare('update installation set epoch = ?').run(newEpoch())
    call.say(note ?? 'Everything is there. Start the nodes with DATABASE_URL, and with this master key.')
  } finally {
    source.close()
  }
}

/** Into the bucket, where there is one. Otherwise they stay: whoever serves them must see this folder. */
async function moveAttachments({ config, say }: Call): Promise<void> {
  const names = attachmentsOnDisk(config.dataDir)
  if (names.length === 0) return
  if (config.files === undefined) {
    say(`The files of attachments stay in ${join(config.dataDir, filesFolder)}: every node must have that very folder.`)
    say('With FILES_URL this command, run again, copies them into a bucket.')
    return
  }
  const store = await openFileStore(config)
  try {
    const count = await sendAttachments(config.dataDir, store, names)
    say(`${count} files of attachments are in the bucket of FILES_URL, each compared.`)
  } finally {
    store.close()
  }
}

/** The schema as this version has it, on both sides; and what is encrypted must be readable over there. */
async function bringUpToDate({ config }: Call): Promise<void> {
  const database = openSqlite(join(config.dataDir, databaseFile))
  try {
    await migrate(database)
    await openMasterKey(database, config)
  } finally {
    await database.close()
  }
}

async function copyAll({ say }: Call, client: pg.Client, source: DatabaseSync): Promise<void> {
  const tables = tablesInOrder(source).filter(({ name }) => name !== 'migrations')
  for (const table of tables) await copyTable(client, source, table)
  for (const table of tables) {
    const { rows, sha256 } = await compareTable(client, source, table)
    say(`${table.name.padEnd(24)}${String(rows).padStart(10)} rows   ${sha256}`)
  }
  // It plans by what it knows of its tables, and of these it knows nothing yet.
  await client.query('analyze')
}
