/** A client of /live that holds every frame against its schema and never loses one. */
import { WebSocket } from 'ws'
import type { ClientFrame, ServerFrame } from '../../protocol/frames.ts'
import { parseServerFrame } from '../../protocol/parse.ts'

type Kind = ServerFrame['type']
export type FrameOf<K extends Kind> = Extract<ServerFrame, { type: K }>

const patienceMs = 15_000

export class Socket {
  readonly frames: ServerFrame[] = []
  readonly raw: WebSocket
  readonly closed: Promise<number>
  #taken = 0
  #wake: (() => void)[] = []

  constructor(url: string, headers: Record<string, string> = {}) {
    this.raw = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers })
    this.closed = new Promise((resolve) => this.raw.on('close', resolve))
    this.raw.on('error', () => {})
    this.raw.on('message', (data) => {
      const frame = parseServerFrame(data.toString())
      if (!frame) throw new Error(`The server sent what is no frame: ${data.toString()}`)
      this.frames.push(frame)
      for (const wake of this.#wake.splice(0)) wake()
    })
  }

  async opened(): Promise<this> {
    if (this.raw.readyState === this.raw.CONNECTING) {
      await new Promise((resolve, reject) => this.raw.once('open', resolve).once('error', reject))
    }
    return this
  }

  say(frame: ClientFrame): void {
    this.raw.send(JSON.stringify(frame))
  }

  /** The next frame of a kind, from where the last taken one stood. */
  async next<K extends Kind>(kind: K, fits: (frame: FrameOf<K>) => boolean = () => true): Promise<FrameOf<K>> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const seen = this.frames
        .slice(this.#taken)
        .slice(-5)
        .map((frame) => JSON.stringify(frame).slice(0, 200))
      late.reject(new Error(`No ${kind} came. The latest: ${seen.join(' ')}`))
    }, patienceMs)
    try {
      for (;;) {
        const at = this.frames.findIndex((frame, i) => i >= this.#taken && isKind(frame, kind) && fits(frame))
        const frame = this.frames[at]
        if (frame && isKind(frame, kind)) {
          this.#taken = at + 1
          return frame
        }
        await Promise.race([new Promise<void>((resolve) => this.#wake.push(resolve)), late.promise])
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** Everything that has arrived since the last taken frame, once the server has answered a ping. */
  async settled(): Promise<ServerFrame[]> {
    const from = this.#taken
    this.say({ type: 'ping' })
    await this.next('pong')
    return this.frames.slice(from, this.#taken - 1)
  }

  /** Writes, and waits for the ack. */
  async write(text: string, conversationId?: string, clientId: string = crypto.randomUUID()) {
    this.say({ type: 'send', clientId, text, ...(conversationId !== undefined && { conversationId }) })
    return (await this.next('ack', (frame) => frame.clientId === clientId)).message
  }

  /** The same with files that were uploaded before. */
  async writeWith(attachmentIds: string[], conversationId?: string, text = '', clientId: string = crypto.randomUUID()) {
    this.say({ type: 'send', clientId, text, attachmentIds, ...(conversationId !== undefined && { conversationId }) })
    return (await this.next('ack', (frame) => frame.clientId === clientId)).message
  }

  /** The newest place to resume from. */
  get cursor(): string {
    const cursors = this.frames.flatMap((frame) => ('cursor' in frame && frame.cursor) || [])
    return cursors.at(-1) ?? ''
  }

  async leave(): Promise<void> {
    this.raw.close()
    await this.closed
  }
}

function isKind<K extends Kind>(frame: ServerFrame, kind: K): frame is FrameOf<K> {
  return frame.type === kind
}
