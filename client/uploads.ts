/**
 * The files that somebody has chosen, from the composer to the message that takes them along.
 *
 * They go to the server at once. A message may be sent before they are there: it waits in the outbox, and is told here
 * when one of its files has arrived, or was refused. Files are in the hands of one tab and do not outlive it: what a
 * message then lacks is said.
 */
import { atom, type ReadableAtom } from 'nanostores'
import { maxAttachmentBytes, maxAttachments } from '../protocol/limits.ts'
import type { Attachment } from '../protocol/records.ts'
import type { Upload } from './attachments.ts'
import { type Clock, systemClock } from './clock.ts'
import { newId } from './id.ts'
import type { Outbox } from './outbox.ts'
import type { OutboxEntry, UnsentAttachment, WaitingFile } from './outbox-entry.ts'
import { asUnsent, type PickedFile, sendable } from './picked-file.ts'
import { holdTabLock, whenTabIsGone } from './tab-lock.ts'
import { createUploadQueue } from './upload-queue.ts'

export interface UploadsOptions {
  upload: Upload
  /** Tells the server that a file is not going to be sent. */
  discard: (attachment: string) => Promise<unknown>
  outbox: Pick<Outbox, 'entries' | 'amend' | 'refuse'>
  clock?: Clock
  random?: () => number
  makeId?: () => string
  whenGone?: typeof whenTabIsGone
}

/** What is kept of a file over a reload: all of it if the server has it, or else its name. */
export type KeptFile = Attachment | Pick<PickedFile, 'name' | 'type' | 'bytes'>

export interface Uploads {
  files: ReadableAtom<readonly PickedFile[]>
  /** Tells how many are too many for one message; those are left out. */
  add(place: string, files: readonly File[]): number
  /** What an earlier page had in this composer. */
  restore(place: string, kept: readonly KeptFile[]): void
  /** What the next message of this composer takes along. Once it is in the outbox, the composer has them no more. */
  sendable(place: string): UnsentAttachment[]
  retry(key: string): void
  /** Cancels it. */
  remove(key: string): void
  /** Forgets everything: somebody else is here. */
  clear(): void
}

/** No server says so. */
const fileLost = { code: 'file_lost', message: 'The file did not outlive the page. Add it again.' }

export function createUploads(options: UploadsOptions): Uploads {
  const { upload, discard, outbox, clock = systemClock, random = Math.random, makeId = newId } = options
  const { whenGone = whenTabIsGone } = options
  const files = atom<readonly PickedFile[]>([])
  const queue = createUploadQueue(upload, clock, random, {
    moved: (key, share) => change(key, { share }),
    arrived,
    refused,
  })
  const tab = makeId()
  const othersAwaited = new Set<string>()
  holdTabLock(tab)

  function add(place: string, chosen: readonly File[]): number {
    const room = Math.max(0, maxAttachments - sendable(files.get(), place).length)
    const fresh = chosen.slice(0, room).map((file): PickedFile => {
      const { name, type, size: bytes } = file
      return { key: makeId(), name, type, bytes, place, file, share: 0 }
    })
    files.set([...files.get(), ...fresh])
    for (const one of fresh) begin(one)
    return chosen.length - fresh.length
  }

  function begin({ key, bytes, file }: PickedFile): void {
    // What the server would refuse after all of it has been sent.
    if (bytes > maxAttachmentBytes) refused(key, { code: 'attachment_too_large', message: 'The file is too large.' })
    else if (!bytes) refused(key, { code: 'attachment_empty', message: 'The file is empty.' })
    else if (file) queue.add(key, file)
  }

  function restore(place: string, kept: readonly KeptFile[]): void {
    const known = kept.map((one): PickedFile => {
      const { name, type, bytes } = one
      const state = 'id' in one ? { attachment: one } : { failure: fileLost }
      return { key: makeId(), name, type, bytes, place, file: undefined, share: 1, ...state }
    })
    files.set([...files.get(), ...known])
  }

  function arrived(key: string, attachment: Attachment): void {
    if (!find(key)) return void discard(attachment.id).catch(nothing)
    change(key, { share: 1, attachment })
    follow()
  }

  function refused(key: string, failure: { code: string; message: string }): void {
    change(key, { share: 0, failure })
    const entry = outbox.entries.get().find((one) => takes(one, key))
    if (entry) outbox.refuse({ clientId: entry.clientId, ...failure })
  }

  /** Brings messages and their files together: what has arrived, what is tried again, what nobody has any more. */
  function follow(): void {
    for (const entry of outbox.entries.get()) {
      for (const unsent of entry.attachments ?? []) {
        const one = files.get().find(({ key, attachment }) => isThis(unsent, key, attachment?.id))
        if (one?.place !== undefined) change(one.key, { place: undefined })
        if ('key' in unsent) bringUp(entry, unsent, one)
      }
    }
    dropSent()
  }

  function bringUp(entry: OutboxEntry, unsent: WaitingFile, one: PickedFile | undefined): void {
    const isPending = entry.state === 'pending'
    if (one?.attachment) give(entry.clientId, one.key, one.attachment)
    else if (one?.failure && isPending) retry(one.key)
    else if (!one && isPending) missing(entry.clientId, unsent.tab)
  }

  function give(clientId: string, key: string, attachment: Attachment): void {
    const entry = outbox.entries.get().find((one) => one.clientId === clientId)
    if (!entry || !takes(entry, key)) return
    const attachments = (entry.attachments ?? []).map((one) => (isThis(one, key) ? attachment : one))
    outbox.amend({ ...entry, attachments })
  }

  /** Another tab may have it, and be at it. */
  function missing(clientId: string, holder: string): void {
    if (othersAwaited.has(clientId)) return
    othersAwaited.add(clientId)
    const lost = () => {
      othersAwaited.delete(clientId)
      const entry = outbox.entries.get().find((one) => one.clientId === clientId)
      const lacks = entry?.attachments?.some((one) => 'key' in one && one.tab === holder)
      if (entry?.state === 'pending' && lacks) outbox.refuse({ clientId, ...fileLost })
    }
    if (holder === tab) lost()
    else whenGone(holder, lost)
  }

  function dropSent(): void {
    const entries = outbox.entries.get()
    for (const { key, place, attachment } of files.get()) {
      if (place !== undefined || entries.some((entry) => takes(entry, key, attachment?.id))) continue
      queue.cancel(key)
      files.set(files.get().filter((one) => one.key !== key))
    }
  }

  function retry(key: string): void {
    const one = find(key)
    if (!one?.file || !one.failure) return
    const { failure: _, ...again } = one
    put(again)
    begin(again)
  }

  function remove(key: string): void {
    const one = find(key)
    queue.cancel(key)
    files.set(files.get().filter((other) => other.key !== key))
    if (one?.attachment) void discard(one.attachment.id).catch(nothing)
  }

  function change(key: string, news: Partial<PickedFile>): void {
    const one = find(key)
    if (one) put({ ...one, ...news })
  }

  function put(changed: PickedFile): void {
    files.set(files.get().map((one) => (one.key === changed.key ? changed : one)))
  }

  function find(key: string): PickedFile | undefined {
    return files.get().find((one) => one.key === key)
  }

  outbox.entries.subscribe(follow)

  return {
    files,
    add,
    restore,
    sendable: (place) => sendable(files.get(), place).map((one) => asUnsent(one, tab)),
    retry,
    remove,
    clear() {
      queue.clear()
      files.set([])
    },
  }
}

function takes({ attachments }: OutboxEntry, key: string, id?: string): boolean {
  return attachments?.some((one) => isThis(one, key, id)) ?? false
}

function isThis(unsent: UnsentAttachment, key: string, id?: string): boolean {
  return 'key' in unsent ? unsent.key === key : unsent.id === id
}

function nothing(): void {}
