/**
 * The unguessable part of the address of a file: which file, for whose session or key, until when, and a mark that only this
 * installation can make. It is a right of its own for five minutes; whether he to whom it was given may still see the file is
 * asked again when it is fetched (link.ts).
 */
import type { MasterKey } from '../../keys/master-key.ts'

/** By their place. */
const kinds = ['visitor', 'agent', 'api key'] as const

export interface FileAddress {
  attachmentId: string
  what: 'file' | 'thumbnail'
  session: { kind: (typeof kinds)[number]; id: string }
  expiresAt: number
}

const purpose = 'file address'
const version = 1
const bodyBytes = 3 + 16 + 16 + 6
const markBytes = 32

export function encodeAddress(key: MasterKey, { attachmentId, what, session, expiresAt }: FileAddress): string {
  const body = Buffer.alloc(bodyBytes)
  body.set([version, what === 'file' ? 0 : 1, kinds.indexOf(session.kind)])
  body.set(bytesOf(attachmentId), 3)
  body.set(bytesOf(session.id), 19)
  body.writeUIntBE(expiresAt, 35, 6)
  return Buffer.concat([body, key.sign(body, purpose)]).toString('base64url')
}

/** Undefined for what this installation has not made. */
export function decodeAddress(key: MasterKey, text: string): FileAddress | undefined {
  const bytes = Buffer.from(text, 'base64url')
  // Written in one way only.
  if (bytes.length !== bodyBytes + markBytes || bytes.toString('base64url') !== text) return undefined
  const body = bytes.subarray(0, bodyBytes)
  if (body[0] !== version || !key.isSigned(body, bytes.subarray(bodyBytes), purpose)) return undefined
  const kind = kinds[body[2] ?? -1]
  if (!kind) return undefined
  return {
    what: body[1] === 0 ? 'file' : 'thumbnail',
    session: { kind, id: idOf(body.subarray(19, 35)) },
    attachmentId: idOf(body.subarray(3, 19)),
    expiresAt: body.readUIntBE(35, 6),
  }
}

const bytesOf = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex')

const idOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
