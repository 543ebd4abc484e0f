/** In a bucket. The library is large: it is loaded only where a bucket is named. */
import { readFile, rm } from 'node:fs/promises'
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
import type { Incoming } from './incoming.ts'
import { type FileStore, requireFileName } from './store.ts'

export function s3Store({ bucket, prefix, endpoint, region, keys }: Bucket, incoming: Incoming): FileStore {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(keys && { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } }),
    maxAttempts: 2,
    // Older stores know nothing of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      socketTimeout: 20_000,
    },
  } satisfies S3ClientConfig)
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
      incoming.close()
    },
  }
}
