/**
 * The folder in which SQLite's file lies, and who has it.
 *
 * One process has it at a time: a second server would not hear what the first one is told, and whoever replaces the
 * database must not do so under a server. The lock is one of SQLite's on an empty file beside the database, so the
 * system gives it back whatever becomes of its holder. Not on the database itself: others may read that, such as a
 * backup.
 *
 * A note in the folder says why no server may run on it: something that was begun there has not finished.
 */
import { chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Database } from './database.ts'
import { openSqlite } from './sqlite.ts'

export const databaseFile = 'signet.db'
/** The index of messages; it may be removed, and is filled again. */
export const searchFile = 'search.db'
const lockFile = 'in-use.lock'
export const noteFile = 'do-not-start.txt'

const patienceMs = 2_000
const busy = 5

/** The message is a sentence for the operator. */
export class FolderUnusable extends Error {
  override name = 'FolderUnusable'
}

export interface Hold {
  release(): void
}

/** The database in this folder, for a server: it has the folder for itself until it is closed. */
export function openDataFolder(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true })
  const hold = holdFolder(dataDir, patienceMs)
  try {
    const note = readNote(dataDir)
    if (note !== undefined) throw new FolderUnusable(note)
    const database = openSqlite(join(dataDir, databaseFile))
    return { ...database, close: () => database.close().finally(hold.release) }
  } catch (error) {
    hold.release()
    throw error
  }
}

/** Waits so long for whoever has it now: he may be about to end. */
export function holdFolder(dataDir: string, waitMs = 0): Hold {
  return holdLock(join(dataDir, lockFile), waitMs, `A server is running on ${dataDir}. Stop it first.`)
}

/** Refuses with this sentence if somebody else has it. */
export function holdLock(file: string, waitMs: number, refusal: string): Hold {
  const lock = new DatabaseSync(file)
  ownLikeFolder(file)
  try {
    // Nothing is ever written, and so nothing needs a journal.
    lock.exec(`pragma journal_mode = memory; pragma busy_timeout = ${waitMs}; begin exclusive`)
  } catch (error) {
    lock.close()
    throw isBusy(error) ? new FolderUnusable(refusal) : error
  }
  return { release: () => lock.isOpen && lock.close() }
}

/** What root makes in the folder of another account is that one's, or its server could not read it. */
export function ownLikeFolder(path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}

export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === busy

export function readNote(dataDir: string): string | undefined {
  const path = join(dataDir, noteFile)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
