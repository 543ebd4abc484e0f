/** A journal that is being written, and what its owner can act on: conversations in sight, and how far each goes. */
import type { Entry, Journal, Noted, Reader } from './journal.ts'

export class Notebook implements Journal {
  readonly name: string
  readonly reader: Reader
  readonly entries: Noted[] = []
  /** The conversations in sight, with their last seq. */
  readonly inSight = new Map<string, number>()

  #closed = false

  constructor(name: string, reader: Reader) {
    this.name = name
    this.reader = reader
  }

  /** From here on nothing is written any more. */
  close(): void {
    this.#closed = true
  }

  /** `session`: the key of the one that it came by. */
  note(entry: Entry, session: string): void {
    if (this.#closed) return
    this.entries.push({ ...entry, at: performance.now(), session })
    if (entry.kind === 'acked' || entry.kind === 'message') {
      this.#reach(entry.message.conversationId, entry.message.seq ?? 0)
    } else if (entry.kind === 'conversation') this.#reach(entry.conversation.id, 0)
    else if (entry.kind === 'welcome' || entry.kind === 'listed') {
      for (const { id } of entry.conversations) this.#reach(id, 0)
    } else if (entry.kind === 'gone') this.inSight.delete(entry.conversationId)
    else if (entry.kind === 'forgot') this.inSight.clear()
  }

  #reach(conversationId: string, seq: number): void {
    this.inSight.set(conversationId, Math.max(seq, this.inSight.get(conversationId) ?? 0))
  }
}
