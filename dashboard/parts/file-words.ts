/** What files are called where they stand in a line. */
import type { Attachment, Message } from '../../protocol/records.ts'
import { plural } from './time.ts'

type Named = Pick<Attachment, 'type'> | { type: string }

export function isPicture({ type }: Named): boolean {
  return type.startsWith('image/')
}

const words: Record<string, string> = {
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'application/pdf': 'PDF',
  'text/plain': 'Text',
}

export function typeWord({ type }: Named): string {
  return words[type] ?? 'File'
}

/** Photo, 3 photos, File, 2 files: what a message brings along. */
export function filesWord(files: readonly Named[]): string {
  const pictures = files.every(isPicture)
  if (files.length === 1) return pictures ? 'Photo' : 'File'
  return plural(files.length, pictures ? 'photo' : 'file')
}

/** A message in one line: its words, or what it brings instead. A server of an older version knows of no files. */
export function lineOf({
  text,
  attachments = [],
}: Pick<Message, 'text'> & Partial<Pick<Message, 'attachments'>>): string {
  return text === '' && attachments.length > 0 ? filesWord(attachments) : text
}
