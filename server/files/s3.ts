/** In a bucket. The library is large: it is loaded only where a bucket is named. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import type { Bucket } from '../config.ts'
import { type FileStore, requireFileName } from './store.ts'

export function s3Store({ bucket, prefix, endpoint, region, keys }: Bucket): FileStore {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(keys && { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } }),
    maxAttempts: 3,
    // Older stores know nothing of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  } satisfies S3ClientConfig)
  // A name that nobody on this machine could have taken before.
  const incoming = join(tmpdir(), `signet-${randomUUID()}`)
  const at = (file: string) => ({ Bucket: bucket, Key: `${prefix}${requireFileName(file)}` })
  return {
    incoming,
    async put(file, path) {
      // At most some 10 MB; from memory it can be sent again when the connection breaks.
      await client.send(new PutObjectCommand({ ...at(file), Body: await readFile(path) }))
      await rm(path, { force: true })
    },
    async get(file) {
      try {
        const { Body } = await client.send(new GetObjectCommand(at(file)))
        return Body instanceof Readable ? Body : undefined
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    async delete(file) {
      await client.send(new DeleteObjectCommand(at(file)))
    },
    close() {
      client.destroy()
      rmSync(incoming, { recursive: true, force: true })
    },
  }
}
