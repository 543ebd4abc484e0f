/**
 * One client with everything that a good one does: it resumes by its newest cursor after each cut, asks anew for
 * everything after a `reset`, comes in again when its session has ended, sends again what was not answered, and writes
 * down all that it sees.
 */
import { WebSocket } from 'ws'
import type { ClientFrame, ServerFrame } from '../../protocol/frames.ts'
import { closeCodes, protocolVersion } from '../../protocol/limits.ts'
import { parseServerFrame } from '../../protocol/parse.ts'
import type { Seeded } from '../seeded.ts'
import { Api } from './api.ts'
import { type Entry, entryOf, type Reader } from './journal.ts'
import type { Ledger } from './ledger.ts'
import { Notebook } from './notebook.ts'
import { Outbox, type Outgoing } from './outgoing.ts'
import { Refetch } from './refetch.ts'
import type { Seat } from './seat.ts'

export interface PersonOptions {
  name: string
  url: string
  project: string
  reader: Reader
  seat: Seat
  ledger: Ledger
  chance: Seeded
}

const beatMs = 250
const pingEveryMs = 2_000
const silentMs = 5_000
/** Whoever is no member asks so often whether he is one again. */
const outsideMs = 1_000
/** As many messages come along with a conversation that has come into sight; there may be more. */
const gainedMessages = 50

export class Person {
  readonly journal: Notebook
  readonly api: Api
  readonly outbox: Outbox
  readonly options: PersonOptions
  #socket: WebSocket | undefined
  #cursor: string | undefined
  /** The session that this connection came with. */
  #session = ''
  #signOuts = 0
  #outside = false
  #dozing = false
  #welcomed = false
  #port: number | undefined
  #heardAt = 0
  #pingedAt = 0
  #connectAt = 0
  #beat: NodeJS.Timeout | undefined
  #refetch: Refetch

  constructor(options: PersonOptions) {
    this.options = options
    this.journal = new Notebook(options.name, options.reader)
    const { url, seat } = options
    this.api = new Api(url, () => seat.headers())
    const say = (message: Outgoing) => this.#write(message)
    const parts = { journal: this.journal, api: this.api, seat, say, outside: () => this.#outside }
    this.outbox = new Outbox({ ...parts, random: () => options.chance.next() })
    this.#refetch = new Refetch({
      api: this.api,
      project: options.project,
      note: (entry) => this.#note(entry),
      noteFetched: (entry) => this.journal.note(entry, seat.key),
    })
  }

  get settled(): boolean {
    return this.outbox.size === 0 && (this.#outside || (this.#welcomed && this.#refetch.settled))
  }

  /** Is no member, as far as he was told. */
  get outside(): boolean {
    return this.#outside
  }

  /** Has been signed in by his site, or is an agent: can come in again. */
  get named(): boolean {
    return this.options.seat.returns
  }

  /** This end of his connection. */
  get port(): number | undefined {
    return this.#welcomed ? this.#port : undefined
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

  /** Hears nothing for a while, and does not wonder at it. */
  doze(dozing: boolean): void {
    this.#dozing = dozing
    this.#heardAt = performance.now()
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
    if (this.#outside) this.outbox.flush()
    if (!this.#socket) {
      if (now >= this.#connectAt) this.#comeIn(now)
      return
    }
    if (now - this.#heardAt > silentMs && !this.#dozing) return this.#socket.terminate()
    if (now - this.#pingedAt > pingEveryMs && this.say({ type: 'ping' })) this.#pingedAt = now
    this.outbox.flush()
    if (this.#welcomed) void this.#refetch.goOn()
  }

  #comeIn(now: number): void {
    const { seat } = this.options
    if (seat.token === undefined) return void seat.enter()
    if (this.#signOuts !== seat.signOuts) this.#forget()
    this.#connect(now)
  }

  #connect(now: number): void {
    const { url, reader, seat } = this.options
    this.#session = seat.key
    const headers = reader.kind === 'agent' ? seat.headers() : {}
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers, handshakeTimeout: silentMs })
    this.#socket = socket
    this.#heardAt = now
    socket.on('upgrade', (response) => {
      this.#port = response.socket.localPort
    })
    socket.on('open', () => this.#greet(socket))
    socket.on('message', (data) => {
      this.#heardAt = performance.now()
      if (this.#socket === socket) this.#hear(data.toString())
    })
    socket.on('error', () => {})
    socket.on('close', (code) => this.#closed(code))
  }

  #greet(socket: WebSocket): void {
    const { project, seat, reader } = this.options
    const cursor = this.#cursor
    // It may have ended while the socket opened.
    if (seat.token === undefined || seat.key !== this.#session) return socket.terminate()
    this.#note({ kind: 'hello', cursor })
    const session = reader.kind === 'visitor' ? seat.token : undefined
    socket.send(JSON.stringify({ type: 'hello', v: protocolVersion, project, session, cursor }))
  }

  #closed(code: number): void {
    this.#note({ kind: 'closed', code })
    this.#socket = undefined
    this.#welcomed = false
    const waitMs = code === closeCodes.notAllowed ? outsideMs : this.options.chance.whole(50, 600)
    this.#connectAt = Math.max(this.#connectAt, performance.now() + waitMs)
    this.outbox.interrupted()
  }

  #hear(text: string): void {
    const frame = parseServerFrame(text)
    if (!frame) return this.#note({ kind: 'nonsense', text: text.slice(0, 200) })
    if (frame.type === 'ack') return this.outbox.acked(frame.clientId, frame.message, this.#session)
    const entry = entryOf(frame)
    if (entry) this.#note(entry)
    if ('cursor' in frame && frame.cursor !== undefined) this.#cursor = frame.cursor
    this.#heed(frame)
  }

  #note(entry: Entry): void {
    this.journal.note(entry, this.#session)
  }

  #heed(frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      this.#welcomed = true
      this.#outside = false
      if (!frame.resumed) this.#refetch.wantAll()
      this.outbox.flush()
    } else if (frame.type === 'reset') this.#cursor = undefined
    else if (frame.type === 'ended') this.#end(frame.reason)
    else if (frame.type === 'error' && frame.clientId !== undefined) {
      this.outbox.refused(frame.clientId, frame.code, this.#session, frame.retryAfterMs)
    } else if (frame.type === 'error' && !this.#welcomed) this.#refused(frame.code)
    else if (frame.type === 'conversation' && (frame.messages?.length ?? 0) >= gainedMessages) {
      this.#refetch.want(frame.conversation.id)
    }
  }

  /** Not let in: without a session, or without a membership. Anything else passes. */
  #refused(code: string): void {
    if (code === 'not_signed_in') this.#end('signed_out')
    if (code === 'not_found') this.#end('membership_ended')
  }

  #end(reason: string): void {
    const { seat, chance } = this.options
    if (reason === 'membership_ended') {
      this.#outside = true
      // The dashboard may be closed, or stay open until he is a member again.
      if (chance.chance(0.5)) this.#forget()
      this.#connectAt = performance.now() + outsideMs
    } else seat.ended(this.#session)
  }

  /** What was on the screen is gone, as after a sign-out. */
  #forget(): void {
    this.#signOuts = this.options.seat.signOuts
    this.#cursor = undefined
    this.#refetch.forget()
    this.#note({ kind: 'forgot' })
  }
}
