import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { incomingIn } from './incoming.ts'
import { type FileStore, requireFileName } from './store.ts'

export const filesFolder = 'files'

/** In the data folder, which is made when the first file comes. */
export function diskStore(dataDir: string): FileStore {
  const root = join(dataDir, filesFolder)
  const pathOf = (file: string) => join(root, requireFileName(file))
  return {
    incoming: incomingIn(root),
    async put(file, path) {
      const target = pathOf(file)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await flush(path)
      await rename(path, target)
      await flush(dirname(target))
    },
    async get(file) {
      return openFile(pathOf(file))
    },
    async delete(file) {
      await rm(pathOf(file), { force: true })
    },
    close() {},
  }
}

/** Opened before the answer begins, so that what is missing can still be said. */
async function openFile(path: string): Promise<Readable | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY)
    return handle.createReadStream()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** After a loss of power it is there. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
