/** A bucket that speaks S3, in this process: it answers only while that does. */
import { readdirSync } from 'node:fs'
import S3rver from 's3rver'
import { freePort } from './free-port.ts'

/** What it holds lies in this folder, and is there again when it is opened once more. */
export async function openBucket(directory: string, at?: number) {
  const port = at ?? (await freePort())
  const options = { address: '127.0.0.1', port, silent: true, directory }
  const server = new S3rver({ ...options, configureBuckets: [{ name: 'chat', configs: [] }] })
  await server.run()
  return {
    port,
    environment: {
      FILES_URL: `s3://chat?endpoint=http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    },
    count: () => readdirSync(directory, { recursive: true }).filter((name) => /_object$/.test(String(name))).length,
    close: () => server.close(),
  }
}
