/** Addresses of files, and what is behind them. */
import type { Readable } from 'node:stream'
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import { orUnavailable } from '../../files/file-refused.ts'
import type { FileStore } from '../../files/store.ts'
import { isImage } from '../../files/type.ts'
import { reloadAgentCaller } from '../agent/session.ts'
import { findApiKey } from '../api-key.ts'
import type { ApiKeyCaller, Caller } from '../caller.ts'
import type { Model } from '../model.ts'
import { requireProject } from '../project/project.ts'
import { Refused } from '../refused.ts'
import { admitsSession } from '../sign-in/enforcement.ts'
import { reloadVisitorCaller } from '../visitor/session.ts'
import { decodeAddress, encodeAddress, type FileAddress } from './file-address.ts'
import { refusalFrom } from './refusal.ts'
import { requireAttachment } from './sight.ts'

export type { FileStore }

const goodForMs = 5 * 60_000

type Acting = Pick<Model, 'database' | 'masterKey' | 'now'>

export interface Link {
  url: string
  thumbnailUrl: string | null
  expiresAt: number
}

export async function linkTo(model: Acting, caller: Caller | ApiKeyCaller, attachmentId: string): Promise<Link> {
  const row = await requireAttachment(model, caller, attachmentId)
  const expiresAt = model.now() + goodForMs
  const session = { kind: caller.kind, id: caller.kind === 'api key' ? caller.id : caller.sessionId }
  const addressOf = (what: FileAddress['what']) =>
    `/api/v1/files/${encodeAddress(model.masterKey, { attachmentId, what, session, expiresAt })}`
  return {
    url: addressOf('file'),
    thumbnailUrl: row.thumbnail_file === null ? null : addressOf('thumbnail'),
    expiresAt,
  }
}

export interface ServedFile {
  stream: Readable
  bytes: number
  type: string
  name: string
  /** A picture that was made anew here: it may be looked at where it is. */
  inline: boolean
  /** For so long whoever has it may keep it. */
  goodForMs: number
}

/** The file behind an address: the session or the key that it was made for must still be good, and still see it. */
export async function openFile(model: Acting, store: FileStore, token: string): Promise<ServedFile> {
  const address = decodeAddress(model.masterKey, token)
  if (!address) throw new Refused('not_found', { field: 'token' })
  const left = address.expiresAt - model.now()
  if (left <= 0) throw new Refused('link_expired')
  const caller = await reloadCaller(model, address)
  if (!caller) throw new Refused('link_expired')
  const row = await requireAttachment(model, caller, address.attachmentId)
  const { file, bytes, type } = variantOf(row, address.what)
  const stream = await orUnavailable(store.get(file)).catch((error: unknown) => Promise.reject(refusalFrom(error)))
  if (!stream) throw new Refused('not_found', { field: 'attachment' })
  return { stream, bytes, type, name: row.name, inline: isImage(row.type), goodForMs: left }
}

async function reloadCaller(model: Acting, { session }: FileAddress): Promise<Caller | ApiKeyCaller | undefined> {
  // Its scopes never change.
  if (session.kind === 'api key') return findApiKey(model, session.id)
  if (session.kind === 'agent') return reloadAgentCaller(model, session.id)
  const caller = await reloadVisitorCaller(model, session.id)
  if (!caller) return undefined
  return admitsSession(await requireProject(model, caller.projectId), caller) ? caller : undefined
}

function variantOf(row: AttachmentTable, what: FileAddress['what']): { file: string; bytes: number; type: string } {
  if (what === 'file') {
    const type = row.type === 'text/plain' ? 'text/plain; charset=utf-8' : row.type
    return { file: row.file, bytes: row.bytes, type }
  }
  if (row.thumbnail_file === null) throw new Refused('not_found', { field: 'attachment' })
  return { file: row.thumbnail_file, bytes: row.thumbnail_bytes, type: 'image/webp' }
}
