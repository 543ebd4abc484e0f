import type { Attachment } from '../protocol/records.ts'
import type { UnsentAttachment } from './outbox-entry.ts'

/** A file that somebody has chosen: on its way to the server, there, or refused with the reason. */
export interface PickedFile {
  key: string
  name: string
  type: string
  bytes: number
  /** The composer in which it waits; undefined once it belongs to a message. */
  place: string | undefined
  /** Undefined for one of an earlier page. */
  file: File | undefined
  /** How much of it has gone, from 0 to 1. */
  share: number
  attachment?: Attachment
  failure?: { code: string; message: string }
}

/** As a message takes it along. */
export function asUnsent({ key, name, type, bytes, attachment }: PickedFile, tab: string): UnsentAttachment {
  return attachment ?? { id: null, key, tab, name, type, bytes }
}

/** The composer's own: those that may go with the next message. */
export function sendable(files: readonly PickedFile[], place: string): PickedFile[] {
  return files.filter((one) => one.place === place && !one.failure)
}
