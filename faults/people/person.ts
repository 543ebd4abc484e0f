/**
 * One client with everything that a good one does: it resumes by its newest cursor after each cut, asks anew for
 * everything after a `reset`, sends again what was not answered, and writes down all that it sees.
 */
import { WebSocket } from 'ws'
import type { ClientFrame, ServerFrame } from '../../protocol/frames.ts'
import { protocolVersion } from '../../protocol/limits.ts'
import { parseServerFrame } from '../../protocol/parse.ts'
import type { Seeded } from '../seeded.ts'
import { Api } from './api.ts'
import { listConversations, readHistory } from './history.ts'
import { entryOf, type Reader, seen, seenConversation } from './journal.ts'
import { Notebook } from './notebook.ts'
import { Outbox, type Outgoing } from './outgoing.ts'

export interface PersonOptions {
  name: string
  url: string
  project: string
  reader: Reader
  /** A visitor's; an agent has a cookie. */
  session?: string
  cookie?: string
  chance: Seeded
}

const beatMs = 250
const pingEveryMs = 2_000
const silentMs = 5_000
/** As many messages come along with a conversation that has come into sight; there may be more. */
const gainedMessages = 50

export class Person {
  readonly journal: Notebook
  readonly api: Api
  readonly outbox: Outbox
  readonly options: PersonOptions
  #socket: WebSocket | undefined
  #cursor: string | undefined
  #welcomed = false
  #heardAt = 0
  #pingedAt = 0
  #connectAt = 0
  #beat: NodeJS.Timeout | undefined
  /** Conversations whose history it has yet to read; all of them when the stream began anew. */
  #unread = new Set<string>()
  #anew = false
  #reading = false

  constructor(options: PersonOptions) {
    this.options = options
    this.journal = new Notebook(options.name, options.reader)
    const { url, session, cookie } = options
    this.api = new Api(url, session ? { authorization: `Bearer ${session}` } : { origin: url, cookie: cookie ?? '' })
    const say = (message: Outgoing) => this.#write(message)
    this.outbox = new Outbox({ journal: this.journal, api: this.api, random: () => options.chance.next(), say })
  }

  get settled(): boolean {
    return this.#welcomed && !this.#anew && this.#unread.size === 0 && !this.#reading && this.outbox.size === 0
  }

  start(): void {
    this.#beat = setInterval(() => this.#tick(), beatMs)
    this.#tick()
  }

  stop(): void {
    clearInterval(this.#beat)
    this.journal.close()
    this.#socket?.terminate()
  }

  /** Closes the laptop for a while. */
  away(ms: number): void {
    this.#connectAt = performance.now() + ms
    this.#socket?.terminate()
  }

  say(frame: ClientFrame): boolean {
    if (!this.#welcomed || this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  #write({ clientId, conversationId, text }: Outgoing): boolean {
    return this.say({ type: 'send', clientId, text, ...(conversationId !== undefined && { conversationId }) })
  }

  #tick(): void {
    const now = performance.now()
    if (!this.#socket) {
      if (now >= this.#connectAt) this.#connect(now)
      return
    }
    if (now - this.#heardAt > silentMs) return this.#socket.terminate()
    if (now - this.#pingedAt > pingEveryMs && this.say({ type: 'ping' })) this.#pingedAt = now
    this.outbox.flush()
    if (this.#welcomed && !this.#reading) void this.#readUp()
  }

  #connect(now: number): void {
    const { url, cookie } = this.options
    const headers = cookie ? { cookie, origin: url } : {}
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers, handshakeTimeout: silentMs })
    this.#socket = socket
    this.#heardAt = now
    socket.on('open', () => this.#greet(socket))
    socket.on('message', (data) => {
      this.#heardAt = performance.now()
      if (this.#socket === socket) this.#hear(data.toString())
    })
    socket.on('error', () => {})
    socket.on('close', (code) => this.#closed(code))
  }

  #greet(socket: WebSocket): void {
    const { project, session } = this.options
    const cursor = this.#cursor
    this.journal.note({ kind: 'hello', cursor })
    const hello = { type: 'hello', v: protocolVersion, project, session, cursor }
    socket.send(JSON.stringify(hello))
  }

  #closed(code: number): void {
    this.journal.note({ kind: 'closed', code })
    this.#socket = undefined
    this.#welcomed = false
    this.#connectAt = Math.max(this.#connectAt, performance.now() + this.options.chance.whole(50, 600))
    this.outbox.interrupted()
  }

  #hear(text: string): void {
    const frame = parseServerFrame(text)
    if (!frame) {
      this.journal.note({ kind: 'nonsense', text: text.slice(0, 200) })
      return
    }
    if (frame.type === 'ack') return this.outbox.acked(frame.clientId, frame.message)
    const entry = entryOf(frame)
    if (entry) this.journal.note(entry)
    if ('cursor' in frame && frame.cursor !== undefined) this.#cursor = frame.cursor
    this.#heed(frame)
  }

  #heed(frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      this.#welcomed = true
      this.#anew ||= !frame.resumed
      this.outbox.flush()
    } else if (frame.type === 'error' && frame.clientId !== undefined) {
      this.outbox.refused(frame.clientId, frame.code, frame.retryAfterMs)
    } else if (frame.type === 'conversation' && (frame.messages?.length ?? 0) >= gainedMessages) {
      this.#unread.add(frame.conversation.id)
    }
  }

  async #readUp(): Promise<void> {
    if (!this.#anew && this.#unread.size === 0) return
    this.#reading = true
    try {
      if (this.#anew) await this.#listAnew()
      for (const id of this.#unread) {
        const messages = await readHistory(this.api, id)
        if (!messages) return
        this.journal.note({ kind: 'fetched', conversationId: id, messages: messages.map(seen) })
        this.#unread.delete(id)
      }
    } finally {
      this.#reading = false
    }
  }

  async #listAnew(): Promise<void> {
    // Another reset on the way makes this list too old.
    this.#anew = false
    this.journal.note({ kind: 'listing' })
    const conversations = await listConversations(this.api, this.options.project)
    if (!conversations) {
      this.#anew = true
      return
    }
    this.journal.note({ kind: 'listed', conversations: conversations.map(seenConversation) })
    for (const { id } of conversations) this.#unread.add(id)
  }
}
