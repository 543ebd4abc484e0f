import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import { type FileStore, newFileName, openFileStore } from '../../files/store.ts'
import { openBucket } from '../bucket.ts'

const scratch = mkdtempSync(join(tmpdir(), 'signet-stores-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What both kinds of store must honour. */
function storeContract(name: string, open: () => Promise<FileStore>): void {
  describe(name, () => {
    let store: FileStore
    let incoming: string
    beforeAll(async () => {
      store = await open()
      incoming = await store.incoming.folder()
      return () => store.close()
    })

    const arrived = (bytes: string | Uint8Array): string => {
      const path = join(incoming, crypto.randomUUID())
      writeFileSync(path, bytes)
      return path
    }
    const read = async (file: string) => {
      const stream = await store.get(file)
      return stream && buffer(stream)
    }

    test('[AT9] gives back what it was given, and takes it away from where it came in', async () => {
      const bytes = Buffer.alloc(3_000_000, 'every byte counts ')
      const [file, other] = [newFileName(), newFileName()]
      const path = arrived(bytes)
      await store.put(file, path)
      await store.put(other, arrived('another'))
      expect((await read(file))?.equals(bytes)).toBe(true)
      expect((await read(other))?.toString()).toBe('another')
      expect(readdirSync(dirname(path))).not.toContain(path.slice(dirname(path).length + 1))
    })

    test('[AT9] has nothing that it was not given, and nothing that was deleted', async () => {
      const file = newFileName()
      expect(await read(file)).toBeUndefined()
      await store.put(file, arrived('soon gone'))
      await store.delete(file)
      await store.delete(file)
      expect(await read(file)).toBeUndefined()
    })

    test('[AT5] makes a path of nothing else than its own names', async () => {
      for (const name of ['../signet.db', 'ab/../../signet.db', `${newFileName()}/..`, '', 'AB/x', 'incoming/x']) {
        await expect(store.get(name)).rejects.toThrow('no name of a file')
        await expect(store.delete(name)).rejects.toThrow('no name of a file')
        await expect(store.put(name, arrived('x'))).rejects.toThrow('no name of a file')
      }
    })
  })
}

const readEnvironment = (more: Record<string, string> = {}) => readConfig({ DATA_DIR: scratch, ...more })

storeContract('the data folder', () => openFileStore(readEnvironment()))

storeContract('a bucket', async () => {
  const { environment, close: closeBucket } = await openBucket(join(scratch, 's3'))
  const FILES_URL = environment.FILES_URL.replace('s3://chat', 's3://chat/signet')
  const store = await openFileStore(readEnvironment({ ...environment, FILES_URL }))
  const close = () => {
    store.close()
    closeBucket()
  }
  return { ...store, close }
})

test('[AT9] the names in the folder say nothing of what is in it', () => {
  const names = readdirSync(join(scratch, 'files'), { recursive: true }).map(String)
  const known = /^(?:incoming(?:\/[0-9a-f-]{36})?|[0-9a-f]{2}(?:\/[0-9a-f]{40})?)$/
  expect(names.filter((name) => !known.test(name))).toEqual([])
  expect(readFileSync(join(scratch, 'files', names.find((name) => /\/[0-9a-f]{40}$/.test(name)) ?? ''))).not.toEqual('')
})
