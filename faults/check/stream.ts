/**
 * DL4, DL11: what came over a client's connections, read as one stream that goes on where the last connection ended.
 *
 * A *stretch* is a part of it without a `reset`: from the number of a `welcome` that began anew to the last cursor. In
 * it the cursors rise, nothing comes twice, and whoever may see everything of his has had all in between.
 */
import type { Role } from '../../protocol/records.ts'
import type { Entry, Journal, Seen } from '../people/journal.ts'
import type { Finding } from './finding.ts'
import type { MessageRow, Rows } from './rows.ts'
import { sameMessage } from './stored.ts'

interface Stretch {
  from: number
  at: number
  /** An agent's; with another one he begins anew. */
  role: Role | undefined
  got: Set<string>
}

/** The rows in the forms in which every journal's check asks for them. */
export class Shelves {
  readonly epoch: string
  readonly byId: ReadonlyMap<string, MessageRow>
  readonly inOrder: readonly MessageRow[]
  readonly visitorOf: ReadonlyMap<string, string>

  constructor(rows: Rows) {
    this.epoch = rows.epoch
    this.byId = new Map(rows.messages.map((row) => [row.id, row]))
    this.inOrder = rows.messages.toSorted((one, other) => one.changeNumber - other.changeNumber)
    this.visitorOf = new Map(rows.conversations.map(({ id, visitorId }) => [id, visitorId]))
  }

  numberIn(cursor: string): number {
    const at = cursor.lastIndexOf('.')
    return cursor.slice(0, at) === this.epoch ? Number(cursor.slice(at + 1)) : Number.NaN
  }
}

export function checkStream(journal: Journal, shelves: Shelves): Finding[] {
  return new StreamCheck(journal, shelves).run()
}

class StreamCheck {
  #journal: Journal
  #shelves: Shelves
  #findings: Finding[] = []
  #stretch: Stretch | undefined
  #hello: string | undefined

  constructor(journal: Journal, shelves: Shelves) {
    this.#journal = journal
    this.#shelves = shelves
  }

  run(): Finding[] {
    for (const entry of this.#journal.entries) this.#take(entry)
    this.#end()
    return this.#findings
  }

  #take(entry: Entry): void {
    switch (entry.kind) {
      case 'hello':
        this.#hello = entry.cursor
        return
      case 'reset':
      case 'forgot':
        return this.#end()
      case 'welcome':
        return this.#welcome(entry)
      case 'message':
        this.#advance(entry.cursor, this.#shelves.byId.get(entry.message.id)?.changeNumber)
        return this.#show(entry.message, true)
      case 'conversation':
        this.#advance(entry.cursor)
        this.#own(entry.conversation.id)
        for (const message of entry.messages ?? []) this.#show(message, false)
        return
      case 'gone':
      case 'read':
        this.#own(entry.conversationId)
        return this.#advance(entry.cursor)
      case 'acked':
        return this.#own(entry.message.conversationId)
      case 'nonsense':
        return this.#find('not understood', entry.text)
    }
  }

  #welcome({ cursor, resumed, role }: Extract<Entry, { kind: 'welcome' }>): void {
    const number = this.#shelves.numberIn(cursor)
    if (!resumed) {
      // With a cursor of a stretch that has not been ended by `reset`, beginning anew would be a gap.
      if (this.#hello !== undefined && this.#stretch) this.#find('cursor differs', 'began anew without a reset')
      this.#end()
      this.#stretch = { from: number, at: number, role, got: new Set() }
    } else if (cursor !== this.#hello || this.#stretch?.at !== number) {
      this.#find('cursor differs', `resumed at ${cursor}, asked for ${this.#hello}`)
    }
    this.#hello = undefined
  }

  #advance(cursor: string | undefined, expected?: number): void {
    if (cursor === undefined) return
    const number = this.#shelves.numberIn(cursor)
    const stretch = this.#stretch
    if (!stretch) return this.#find('cursor goes back', `${cursor} came between reset and welcome`)
    if (!(number > stretch.at)) this.#find('cursor goes back', `${number} came after ${stretch.at}`)
    if (expected !== undefined && expected !== number) this.#find('cursor differs', `${number} for change ${expected}`)
    if (number > stretch.at) stretch.at = number
  }

  /** `once`: as a frame of its own, and not with the conversation that has come into sight. */
  #show(message: Seen, once: boolean): void {
    const row = this.#shelves.byId.get(message.id)
    if (!row) return this.#find('shown and not stored', message.clientId)
    if (!sameMessage(row, message)) this.#find('shown otherwise than stored', message.clientId)
    this.#own(row.conversationId)
    if (this.#journal.reader.kind === 'visitor' && row.seq === null) this.#find('shown to a stranger', `note ${row.id}`)
    const got = this.#stretch?.got
    if (once && got?.has(message.id)) this.#find('shown twice', message.clientId)
    if (once) got?.add(message.id)
  }

  #own(conversationId: string): void {
    const { reader } = this.#journal
    if (reader.kind === 'agent') return
    const visitorId = this.#shelves.visitorOf.get(conversationId)
    if (visitorId !== undefined && visitorId !== reader.visitorId) {
      this.#find('shown to a stranger', `conversation ${conversationId}`)
    }
  }

  #end(): void {
    const stretch = this.#stretch
    this.#stretch = undefined
    if (!stretch) return
    for (const row of this.#shelves.inOrder) {
      if (row.changeNumber <= stretch.from || row.changeNumber > stretch.at || stretch.got.has(row.id)) continue
      if (this.#seesAlways(row, stretch.role)) {
        const { from, at } = stretch
        this.#find('missed in the stream', `change ${row.changeNumber} between ${from} and ${at}, ${row.clientId}`)
      }
    }
  }

  /** What an `agent` may see comes and goes; what he must have had is not in his journal alone. */
  #seesAlways(row: MessageRow, role: Role | undefined): boolean {
    const { reader } = this.#journal
    if (reader.kind === 'agent') return role !== 'agent'
    return row.seq !== null && this.#shelves.visitorOf.get(row.conversationId) === reader.visitorId
  }

  #find(rule: Finding['rule'], what: string): void {
    this.#findings.push({ rule, who: this.#journal.name, what })
  }
}
