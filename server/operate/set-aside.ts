/** What lies in a data folder before something else is put there. */
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { databaseFile, FolderUnusable, isBusy } from '../db/data-folder.ts'
import { masterKeyFile, nextKeyFile } from '../keys/key-file.ts'
import { attachmentsOnDisk } from './attachment-files.ts'
import { copyFlushed, flush, stamp } from './files.ts'
import { openFile } from './sqlite-file.ts'

/** What SQLite may keep beside its file. Left beside another one, it would be taken for part of that. */
export const besides = ['-wal', '-shm', '-journal']

const kept = [databaseFile, ...besides.map((end) => `${databaseFile}${end}`), masterKeyFile, nextKeyFile]

/** Others than servers of this version may have the database open, and they hold no lock of ours. */
export function requireUnused(dataDir: string): void {
  const path = join(dataDir, databaseFile)
  if (!existsSync(path)) return
  const database = openFile(path)
  try {
    // Only who has the file for himself may do that; it also brings everything into the one file.
    database.exec('pragma busy_timeout = 0; pragma journal_mode = delete')
  } catch (error) {
    if (isBusy(error)) throw new FolderUnusable(`${path} is open in another program. Stop that first.`)
    // A damaged database is what one restores for.
  } finally {
    database.close()
  }
}

/** The same files once more, in a folder beside them; undefined if there are none. */
export function keepAside(dataDir: string): string | undefined {
  const names = kept.filter((name) => existsSync(join(dataDir, name)))
  if (names.length === 0) return undefined
  sweepUnfinished(dataDir)
  const folder = freeName(join(dataDir, `before-restore-${stamp(Date.now())}`))
  mkdirSync(`${folder}.unfinished`)
  for (const name of names) sameFile(join(dataDir, name), join(`${folder}.unfinished`, name))
  for (const name of attachmentsOnDisk(dataDir)) {
    const path = join(`${folder}.unfinished`, name)
    mkdirSync(dirname(path), { recursive: true })
    sameFile(join(dataDir, name), path)
  }
  flush(`${folder}.unfinished`)
  renameSync(`${folder}.unfinished`, folder)
  return folder
}

/** What a restore left that was ended here: all of it is in the data folder still. */
function sweepUnfinished(dataDir: string): void {
  const left = readdirSync(dataDir).filter((name) => /^before-restore-.*\.unfinished$/.test(name))
  for (const name of left) rmSync(join(dataDir, name), { recursive: true })
}

/** A restore that is ended and run again within a second finds its own folder there. */
function freeName(wished: string): string {
  let name = wished
  for (let next = 2; existsSync(name); next++) name = `${wished}-${next}`
  return name
}

function sameFile(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Not every file system knows two names for one file.
    copyFlushed(from, to)
  }
}
