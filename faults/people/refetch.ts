/** What a client has yet to ask for over HTTP: conversations that came with a part of their messages, or everything. */
import type { Api } from './api.ts'
import { listConversations, readHistory } from './history.ts'
import { type Entry, seen, seenConversation } from './journal.ts'

export interface RefetchParts {
  api: Api
  project: string
  /** Into the journal, under the session of the connection. */
  note(entry: Entry): void
  /** Into the journal, under the session that asks. */
  noteFetched(entry: Entry): void
}

export class Refetch {
  #parts: RefetchParts
  /** Conversations whose history is yet to be read; all of them when the stream began anew. */
  #unread = new Set<string>()
  #anew = false
  #reading = false

  constructor(parts: RefetchParts) {
    this.#parts = parts
  }

  get settled(): boolean {
    return !this.#anew && this.#unread.size === 0 && !this.#reading
  }

  wantAll(): void {
    this.#anew = true
  }

  want(conversationId: string): void {
    this.#unread.add(conversationId)
  }

  forget(): void {
    this.#anew = false
    this.#unread.clear()
  }

  /** Asks for what is missing, unless it is asking already. */
  async goOn(): Promise<void> {
    if (this.#reading || (!this.#anew && this.#unread.size === 0)) return
    this.#reading = true
    try {
      if (this.#anew) await this.#listAnew()
      for (const id of this.#unread) {
        const messages = await readHistory(this.#parts.api, id)
        if (!messages) return
        this.#parts.noteFetched({ kind: 'fetched', conversationId: id, messages: messages.map(seen) })
        this.#unread.delete(id)
      }
    } finally {
      this.#reading = false
    }
  }

  async #listAnew(): Promise<void> {
    // Another reset on the way makes this list too old.
    this.#anew = false
    this.#parts.note({ kind: 'listing' })
    const conversations = await listConversations(this.#parts.api, this.#parts.project)
    if (!conversations) {
      this.#anew = true
      return
    }
    this.#parts.note({ kind: 'listed', conversations: conversations.map(seenConversation) })
    for (const { id } of conversations) this.#unread.add(id)
  }
}
