/**
 * Where the bytes of attachments are: in a folder, or in a bucket that speaks S3. Names are made here and say nothing of
 * what is in a file or whose it is; nothing that a person typed is ever part of one.
 */
import { randomBytes } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Config } from '../config.ts'
import { diskStore } from './disk.ts'
import { type Incoming, temporaryIncoming } from './incoming.ts'

export interface FileStore {
  /** Where files are put down while they come in. */
  readonly incoming: Incoming
  /** Takes the file away from `path`; once this resolves it is kept. */
  put(file: string, path: string): Promise<void>
  /** Undefined when there is none of this name. */
  get(file: string): Promise<Readable | undefined>
  /** Deleting what is not there is no failure. */
  delete(file: string): Promise<void>
  close(): void
}

export const newFileName = (): string => {
  const name = randomBytes(20).toString('hex')
  return `${name.slice(0, 2)}/${name}`
}

export const isFileName = (file: string): boolean => /^[0-9a-f]{2}\/[0-9a-f]{40}$/.test(file)

/** Of nothing else than our own names a path is made. */
export function requireFileName(file: string): string {
  if (!isFileName(file)) throw new Error('This is no name of a file.')
  return file
}

export async function openFileStore(config: Pick<Config, 'dataDir' | 'files'>): Promise<FileStore> {
  if (config.files === undefined) return diskStore(config.dataDir)
  const { s3Store } = await import('./s3.ts')
  return s3Store(config.files, mayWriteIn(config.dataDir) ? diskStore(config.dataDir).incoming : temporaryIncoming())
}

function mayWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
