/** Files that are on the disk when they are said to be. */
import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, createReadStream, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noteFile, ownLikeFolder } from '../db/data-folder.ts'

/** What is written in a folder is there after a loss of power only once the folder is flushed, too. */
export function flush(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function writeFlushed(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
  ownLikeFolder(path)
  flush(path)
}

/** Keeps servers away from this folder, and says why. Ended at any moment, all of it is there or nothing. */
export function writeNote(dataDir: string, sentence: string): void {
  const path = join(dataDir, noteFile)
  writeFlushed(`${path}.new`, `${sentence}\n`)
  renameSync(`${path}.new`, path)
  flush(dataDir)
}

export function copyFlushed(from: string, to: string): void {
  copyFileSync(from, to)
  ownLikeFolder(to)
  flush(to)
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/** A time as part of a file's name. */
export const stamp = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
