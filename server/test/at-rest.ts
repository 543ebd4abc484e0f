import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where in the files of a folder, the write-ahead log included, a secret stands in any writing that we know. */
export function findAtRest(folder: string, secret: string): string[] {
  const bare = secret.replace(/^sgn_/, '')
  const raw = Buffer.from(bare, 'base64url')
  const writings = new Map<string, Buffer>([
    ['as it is', Buffer.from(bare)],
    ['as bytes', raw],
    ['in hexadecimal', Buffer.from(raw.toString('hex'))],
    ['in base64', Buffer.from(raw.toString('base64').slice(0, -1))],
    ['in base64 of itself', Buffer.from(Buffer.from(secret).toString('base64url').slice(0, -4))],
  ])
  return readdirSync(folder).flatMap((name) => {
    const bytes = readFileSync(join(folder, name))
    return [...writings].filter(([, writing]) => bytes.includes(writing)).map(([how]) => `${name}: ${how}`)
  })
}
