/** People who upload, and what is fetched of it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../model/id.ts'
import type { Caller } from './caller.ts'
import type { Shop, Signet } from './signet.ts'

/** Somebody new, who has his quota for himself. */
export async function newVisitor(shop: Shop): Promise<Caller & { session: string }> {
  const { session } = await shop.signIn({ external_id: newId() })
  return Object.assign(shop.signet.visitor(session), { session })
}

export async function fetched(
  signet: Signet,
  caller: Caller,
  attachment: string,
  headers: Record<string, string> = {},
) {
  const link = await caller.call('POST /attachments/:attachment/link', { params: { attachment } })
  const answer = await fetch(signet.url + link.url, { headers })
  const small = link.thumbnailUrl === null ? undefined : await fetch(signet.url + link.thumbnailUrl)
  const thumbnail = small && { type: small.headers.get('content-type'), bytes: Buffer.from(await small.arrayBuffer()) }
  return { link, answer, bytes: Buffer.from(await answer.arrayBuffer()), thumbnail }
}

export const filesOnDisk = (signet: Signet): string[] =>
  readdirSync(join(signet.dataDir, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
