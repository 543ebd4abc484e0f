/**
 * What a file is, by its first bytes and never by its name. The list is short on purpose: what is not on it, and is no
 * plain text, is not taken. SVG and HTML are text here, and text is never shown by a browser as anything else.
 */
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { AttachmentType } from '../../protocol/attachment.ts'

export type ImageType = Extract<AttachmentType, `image/${string}`>

/** How a file begins, byte by byte as letters. */
const beginnings: [AttachmentType, (head: string) => boolean][] = [
  ['image/png', (head) => head.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (head) => head.startsWith('\xff\xd8\xff')],
  ['image/gif', (head) => head.startsWith('GIF87a') || head.startsWith('GIF89a')],
  ['image/webp', (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP'],
  ['application/pdf', (head) => head.startsWith('%PDF-')],
]

export async function typeOfFile(path: string): Promise<AttachmentType | undefined> {
  const bytes = await readFile(path)
  const head = bytes.subarray(0, 16).toString('latin1')
  const known = beginnings.find(([, isOne]) => isOne(head))
  if (known) return known[0]
  return (await isText(bytes)) ? 'text/plain' : undefined
}

export const isImage = (type: AttachmentType): type is ImageType => type.startsWith('image/')

/** UTF-8, and no control characters but those that a text is made of. Of ten million bytes the others wait for none. */
async function isText(bytes: Buffer): Promise<boolean> {
  if (!isUtf8(bytes)) return false
  for (let from = 0; from < bytes.length; from += partBytes) {
    if (control.test(bytes.toString('latin1', from, from + partBytes))) return false
    await setImmediate()
  }
  return true
}

const partBytes = 512 * 1024
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
const control = /[\x00-\x08\x0b\x0e-\x1f\x7f]/
