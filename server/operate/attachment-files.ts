/** The files of attachments beside the database: copied, and compared with what they were. */
import { createHash } from 'node:crypto'
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Readable } from 'node:stream'
import { ownLikeFolder } from '../db/data-folder.ts'
import { filesFolder } from '../files/disk.ts'
import { type FileStore, isFileName } from '../files/store.ts'
import { CommandError } from './command.ts'
import { flush, sha256Of } from './files.ts'
import { tablesOf } from './sqlite-file.ts'

/** How they are called in a manifest: the folder, and their name in it. */
export const isAttachment = (name: string): boolean =>
  name.startsWith(`${filesFolder}/`) && isFileName(name.slice(filesFolder.length + 1))

/** Whatever the attachments of this database name; one of an older version has none. */
export function attachmentFiles(database: DatabaseSync): string[] {
  if (!tablesOf(database).includes('attachments')) return []
  const rows = database.prepare('select file from attachments union select thumbnail_file from attachments').all()
  return rows
    .flatMap(({ file }) => (typeof file === 'string' && isFileName(file) ? [join(filesFolder, file)] : []))
    .sort()
}

/** Gives those that were there. Between the copy of the database and this one some may have been deleted. */
export function copyAttachments(from: string, to: string, names: readonly string[]): string[] {
  const copied = names.filter((name) => copyIfThere(join(from, name), join(to, name)))
  const folders = new Set(copied.flatMap((name) => [join(to, name, '..'), join(to, filesFolder)]))
  for (const folder of folders) flush(folder)
  return copied
}

function copyIfThere(from: string, to: string): boolean {
  if (!existsSync(from)) return false
  makeOwnFolder(dirname(dirname(to)))
  makeOwnFolder(dirname(to))
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    // Deleted since it was looked for.
    if (!existsSync(from)) return false
    throw error
  }
  ownLikeFolder(to)
  flush(to)
  return true
}

function makeOwnFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  ownLikeFolder(folder)
}

/** Into a bucket, from the data folder; what is there already, as it is here, is not sent again. */
export async function sendAttachments(dataDir: string, store: FileStore, names: readonly string[]): Promise<number> {
  const incoming = await store.incoming.folder()
  const here = names.filter((name) => existsSync(join(dataDir, name)))
  for (const name of here) {
    const path = join(dataDir, name)
    const file = name.slice(filesFolder.length + 1)
    const expected = await sha256Of(path)
    if ((await sha256There(store, file)) === expected) continue
    const copy = join(incoming, `move-${file.slice(3)}`)
    copyFileSync(path, copy)
    await store.put(file, copy).finally(() => rmSync(copy, { force: true }))
    if ((await sha256There(store, file)) !== expected) throw new CommandError(`${name} is not the same on both sides.`)
  }
  return here.length
}

async function sha256There(store: FileStore, file: string): Promise<string | undefined> {
  const stream: Readable | undefined = await store.get(file)
  if (!stream) return undefined
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex')
}

/** Every file of attachments in a data folder, whoever names it. */
export function attachmentsOnDisk(dataDir: string): string[] {
  const root = join(dataDir, filesFolder)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(filesFolder, entry.parentPath.slice(root.length + 1), entry.name))
    .filter(isAttachment)
}
