/** Attachments that have their files, as they lie in a data folder and in a backup of it. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { newFileName } from '../../files/store.ts'
import { openFile } from '../../operate/sqlite-file.ts'
import { contentsOf, fill } from './fill.ts'

/** A data folder with rows in every table, and two files for each of so many attachments. */
export async function makeAttached(dataDir: string, attachments: number): Promise<void> {
  mkdirSync(dataDir, { recursive: true })
  const database = openSqlite(join(dataDir, 'signet.db'))
  await migrate(database).finally(() => database.close())
  const file = openFile(join(dataDir, 'signet.db'))
  fill(file, 5, { attachments })
  file.exec("update installation set epoch = 'the one before'")
  const name = file.prepare('update attachments set file = ?, thumbnail_file = ? where id = ?')
  for (const { id } of file.prepare('select id from attachments').all()) {
    name.run(writtenIn(dataDir, 2_000), writtenIn(dataDir, 500), String(id))
  }
  file.close()
}

function writtenIn(dataDir: string, bytes: number): string {
  const name = newFileName()
  const path = join(dataDir, 'files', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, randomBytes(bytes))
  return name
}

/** By name; what comes in is none yet. */
export function filesIn(folder: string): Map<string, string> {
  const root = join(folder, 'files')
  if (!existsSync(root)) return new Map()
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(entries.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')]))
}

/** Every row but for the epoch, and every byte. */
export function everythingIn(folder: string) {
  const file = openFile(join(folder, 'signet.db'))
  try {
    const epoch = String(file.prepare('select epoch from installation').get()?.epoch)
    const rows = [...contentsOf(file)].map(([name, rows]) => [name, rows.map((row) => row.replaceAll(epoch, ''))])
    return { rows, files: filesIn(folder) }
  } finally {
    file.close()
  }
}
