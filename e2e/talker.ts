import WebSocket from 'ws'
import type { Api } from '../client/api.ts'
import { type Connection, type ConnectionState, createConnection } from '../client/connection.ts'
import { createOutbox, type Outbox } from '../client/outbox.ts'
import type { OutboxEntry } from '../client/outbox-entry.ts'
import { memoryStore } from '../client/outbox-store.ts'
import type { OpenSocket } from '../client/socket.ts'
import { createTimeline, type Timeline } from '../client/timeline.ts'
import { createDelivery } from '../dashboard/stores/delivery.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import type { Message } from '../protocol/records.ts'

export interface TalkerOptions {
  url: string
  hello: { project: string; session?: string }
  /** An agent has a cookie instead of a session. */
  headers?: Record<string, string>
  api: Api
}

/** One move from node to node: what was asked for, and how long it took. */
export interface Move {
  retryAfterMs: number
  awayMs: number
  /** Attempts that came to nothing, by their close codes. */
  refusals: number[]
}

/** A client with the very parts of widget and dashboard, and without a screen: a journal stands for it. */
export class Talker {
  readonly frames: ServerFrame[] = []
  /** Every message that came by itself, in the order of coming; acks are not among them. */
  readonly heard: Message[] = []
  readonly moves: Move[] = []
  /** Connections that ended without a `bye`, by their close codes. */
  readonly breaks: number[] = []
  /** All that a person could notice: refusals, endings, conversations begun anew. */
  readonly complaints: string[] = []
  readonly outbox: Outbox
  readonly #connection: Connection
  readonly #timelines = new Map<string, Timeline>()
  #bye: { at: number; retryAfterMs: number; refusals: number[] } | undefined
  #welcomes = 0

  constructor({ url, hello, headers = {}, api }: TalkerOptions) {
    this.#connection = createConnection({
      url: `${url.replace('http', 'ws')}/live`,
      hello: () => hello,
      onFrame: (frame) => this.#take(frame),
      openSocket: openingWith(headers, (code) => this.#closedWith(code)),
    })
    const deliver = createDelivery({
      api,
      connection: this.#connection,
      sent: (message) => this.#settle(message),
      refused: (refusal) => this.outbox.refuse(refusal),
    })
    const send = hello.session ? (entry: OutboxEntry) => this.#say(entry) : deliver
    this.outbox = createOutbox({ store: memoryStore(), send })
    this.#connection.state.listen((state) => this.#changed(state))
    void this.outbox.showTo('me')
  }

  start() {
    this.#connection.start()
  }

  stop() {
    this.#connection.stop()
  }

  get isOpen(): boolean {
    return this.#connection.state.get() === 'open'
  }

  write(text: string, conversationId: string | null, kind?: 'note') {
    this.outbox.add({ conversationId, text, ...(kind && { kind }) })
  }

  /** What its screen would show of a conversation. */
  rows(conversationId: string): readonly string[] {
    const rows = this.#timelineOf(conversationId).rows.get()
    return rows.map((row) => (row.state === 'sent' ? row.message.text : `${row.entry.text} (${row.state})`))
  }

  /** As the widget does. */
  #say({ clientId, text, conversationId }: OutboxEntry): boolean {
    return this.#connection.send({ type: 'send', clientId, text, ...(conversationId && { conversationId }) })
  }

  #changed(state: ConnectionState) {
    if (state === 'open') this.outbox.flush()
    else this.outbox.interrupted()
  }

  #closedWith(code: number) {
    if (this.#bye) this.#bye.refusals.push(code)
    else this.breaks.push(code)
  }

  #take(frame: ServerFrame) {
    this.frames.push(frame)
    switch (frame.type) {
      case 'message':
        this.heard.push(frame.message)
        return this.#settle(frame.message)
      case 'ack':
        return this.#settle(frame.message)
      case 'welcome':
        return this.#welcomed(frame.resumed)
      case 'bye':
        this.#bye = { at: performance.now(), retryAfterMs: frame.retryAfterMs, refusals: [] }
        return
      case 'error':
        return void this.complaints.push(`error ${frame.code}`)
      case 'ended':
        return void this.complaints.push(`ended ${frame.reason}`)
      case 'reset':
        this.complaints.push('reset')
    }
  }

  #welcomed(resumed: boolean) {
    if (this.#welcomes++ > 0 && !resumed) this.complaints.push('began anew')
    if (!this.#bye) return
    const { at, ...bye } = this.#bye
    this.moves.push({ ...bye, awayMs: performance.now() - at })
    this.#bye = undefined
  }

  #settle(message: Message) {
    this.#timelineOf(message.conversationId).add([message])
    this.outbox.settle(message)
  }

  #timelineOf(conversationId: string): Timeline {
    const timeline = this.#timelines.get(conversationId) ?? createTimeline()
    this.#timelines.set(conversationId, timeline)
    timeline.setUnsent(this.outbox.entries.get().filter((entry) => entry.conversationId === conversationId))
    return timeline
  }
}

/** A browser sends the cookie by itself; Node has to be told. */
function openingWith(headers: Record<string, string>, closedWith: (code: number) => void): OpenSocket {
  return (url, events) => {
    const socket = new WebSocket(url, { headers, perMessageDeflate: false })
    let isOver = false
    socket.on('open', () => isOver || events.opened())
    socket.on('message', (data) => isOver || events.received(String(data)))
    socket.on('close', (code) => {
      if (isOver) return
      closedWith(code)
      events.closed(code)
    })
    socket.on('error', () => {})
    return {
      send: (text) => socket.send(text),
      close() {
        isOver = true
        socket.close()
      },
    }
  }
}
