import { maxAttributesBytes, maxTextLength } from '../../../protocol/limits.ts'
import type { Attributes } from '../../../protocol/records.ts'
import { Refused } from '../refused.ts'

/**
 * Refuses what must not reach the database (DL7). NUL makes PostgreSQL refuse the whole batch that it is in, and
 * two texts with different lone surrogates are the same bytes in SQLite: neither may get as far as that.
 */
export function requireText(text: string, mayBeEmpty = false): void {
  if (text.trim() === '' && !mayBeEmpty) throw new Refused('text_empty', { field: 'text' })
  if (text.length > maxTextLength) throw new Refused('text_too_long', { field: 'text' })
  if (!isStorable(text)) throw new Refused('text_invalid', { field: 'text' })
}

/** The attributes as they are stored; refuses what is too large or cannot be stored. */
export function encodeAttributes(attributes: Attributes | undefined): string {
  const json = JSON.stringify(attributes ?? {})
  if (Buffer.byteLength(json) > maxAttributesBytes) throw new Refused('attributes_too_large', { field: 'attributes' })
  // JSON.stringify writes lone surrogates and NUL as escapes: look for those, behind no or an even number of
  // backslashes. After an odd number it is text that looks like an escape, as in C:\\udata.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(json)) throw new Refused('text_invalid', { field: 'attributes' })
  return json
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
