/**
 * Can this node serve? Each part says how it is, and why (HT3).
 *
 * Only what makes serving impossible takes the node out. Without the bus everything is only slower, and a proxy that
 * sent all nodes away for it would make an outage of a delay; so it is a warning, and so is a disk that fills.
 */
import { access, constants, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { maxAttachmentBytes } from '../../protocol/limits.ts'
import { missingMigrations } from '../db/migrate.ts'
import { filesFolder } from '../files/disk.ts'
import type { Model } from './model.ts'

export interface Check {
  status: 'ok' | 'warning' | 'failed'
  /** A sentence, where it is not well. */
  reason?: string
}

export type Readiness = Record<'database' | 'bus' | 'migrations' | 'disk', Check>

interface Parts {
  model: Pick<Model, 'database' | 'bus'>
  /** Does this node hear from its database? */
  fresh(): boolean
  /** Where it keeps its files; undefined if it keeps none. */
  dataDir: string | undefined
  freeBytes?: (folder: string) => Promise<number>
}

const patienceMs = 1_000
const megabyte = 1024 * 1024
const scarceBytes = 512 * megabyte
/** SQLite needs room for its log, or nothing that anybody writes is stored. */
const fullBytes = 1 * megabyte

const ok: Check = { status: 'ok' }
const noFiles: Check = { status: 'warning', reason: 'The folder of attachments is full, or cannot be written to.' }

export class ReadinessWatch {
  #parts: Parts
  #asking: Promise<Readiness> | undefined
  #last: Readiness | undefined
  #freeBytes = Number.NaN

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Many may ask at once: the database is asked once. */
  check(): Promise<Readiness> {
    this.#asking ??= this.#check().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  /** What was found last: 1 for a part that can serve, 0 for one that cannot or is about not to. */
  get numbers(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.#last ?? {}).map(([part, { status }]) => [part, status === 'ok' ? 1 : 0]),
    )
  }

  get freeBytes(): number {
    return this.#freeBytes
  }

  async #check(): Promise<Readiness> {
    const [tables, disk] = await Promise.all([this.#checkTables(), this.#checkDisk()])
    this.#last = { ...tables, bus: this.#checkBus(), disk }
    return this.#last
  }

  async #checkTables(): Promise<Pick<Readiness, 'database' | 'migrations'>> {
    const unknown: Check = { status: 'failed', reason: 'Not known while the database does not answer.' }
    if (!this.#parts.fresh()) {
      return { database: failed('The database has not answered for a second.'), migrations: unknown }
    }
    try {
      const missing = await within(patienceMs, missingMigrations(this.#parts.model.database))
      const migrations = missing.length === 0 ? ok : failed(`The database lacks ${missing.join(', ')}. Restart Signet.`)
      return { database: ok, migrations }
    } catch {
      return { database: failed('The database does not answer.'), migrations: unknown }
    }
  }

  #checkBus(): Check {
    if (this.#parts.model.bus.connected()) return ok
    return { status: 'warning', reason: 'Redis does not answer: what other nodes bring comes half a second later.' }
  }

  async #checkDisk(): Promise<Check> {
    const { dataDir, freeBytes = bytesFree } = this.#parts
    if (dataDir === undefined) return ok
    try {
      const free = await within(patienceMs, freeBytes(dataDir))
      this.#freeBytes = free
      if (free < fullBytes) return failed('The disk of the data folder is full.')
      if (!(await within(patienceMs, maySave(join(dataDir, filesFolder), freeBytes)))) return noFiles
      if (free >= scarceBytes) return ok
      return { status: 'warning', reason: `The disk of the data folder has ${Math.floor(free / megabyte)} MB left.` }
    } catch {
      return failed('The data folder cannot be reached.')
    }
  }
}

function failed(reason: string): Check {
  return { status: 'failed', reason }
}

async function bytesFree(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** It is made when the first file comes, and may be a disk of its own. */
async function maySave(folder: string, freeBytes: (folder: string) => Promise<number>): Promise<boolean> {
  try {
    // With the slash, a file in its place is none.
    await access(join(folder, '/'), constants.W_OK)
    return (await freeBytes(folder)) >= maxAttachmentBytes
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('No answer in time.')), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
