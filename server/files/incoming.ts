/**
 * Where files are put down while they come in: in the data folder, which is nobody else's. Only a node that has none,
 * because database and files are elsewhere, puts them among what everybody on this machine puts down: in a folder that
 * the system has made for it, under a name that nobody could take before.
 */
import { lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Incoming {
  /** It is there, and is nobody else's. */
  folder(): Promise<string>
  /** One of the chores of housekeeping: what a crash has left of files that were coming in. */
  sweep(): Promise<boolean>
  close(): void
}

/** Longer than any upload takes; another node may have its own ones here. */
const oldMs = 3_600_000
const incomingFolder = 'incoming'
const temporary = 'signet-incoming-'

export function incomingIn(folderOfFiles: string): Incoming {
  const folder = join(folderOfFiles, incomingFolder)
  return {
    async folder() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return folder
    },
    async sweep() {
      await removeOld(folder, () => true)
      return false
    },
    close() {},
  }
}

export function temporaryIncoming(): Incoming {
  let made: string | undefined
  return {
    async folder() {
      // Something may have cleaned up there, and somebody taken the name.
      if (made === undefined || !isOwnFolder(made)) made = mkdtempSync(join(tmpdir(), temporary))
      return made
    },
    async sweep() {
      await removeOld(tmpdir(), (path) => path.startsWith(join(tmpdir(), temporary)) && isOwnFolder(path))
      return false
    },
    close() {
      if (made !== undefined) rmSync(made, { recursive: true, force: true })
    },
  }
}

/** No link to somewhere else, and made by this account. */
function isOwnFolder(path: string): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false })
  return facts?.isDirectory() === true && facts.uid === process.getuid?.()
}

async function removeOld(folder: string, isOurs: (path: string) => boolean): Promise<void> {
  const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name)).filter(isOurs)
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined)
    if (facts && Date.now() - facts.mtimeMs > oldMs) await rm(path, { recursive: true, force: true })
  }
}
