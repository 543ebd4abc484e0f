/**
 * A socket that counts the frames it gets and does nothing else with them, but for answering what a client must. By
 * hand over `net`: thousands of real clients in one process cost more than the server that sends to them, and would be
 * what is measured.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { HelloFrame } from '../../protocol/frames.ts'
import type { Place } from './connect.ts'

const closing = 0x88
const pinging = 0x89

export class Listener {
  frames = 0
  /** When the server's closing frame was there, or the line went dead, by the clock that every process here shares. */
  closedAt: number | undefined
  /** The code of the closing frame. */
  closedWith: number | undefined
  #socket: Socket
  /** Of the header that is being read, what is left of the payload, and its first bytes. */
  #head: Buffer = Buffer.alloc(0)
  #left = 0
  #code: Buffer = Buffer.alloc(0)
  #kind: number | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('close', () => {
      this.closedAt ??= Date.now()
    })
  }

  /** Says hello as the agent, or as the visitor of the session; resolves with the first frame, which is the welcome. */
  static async open({ url, project, cookie }: Place, session?: string): Promise<Listener> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname).setNoDelay()
    const listener = new Listener(socket)
    socket.write(
      `GET /live HTTP/1.1\r\nhost: ${host}\r\norigin: ${url}\r\ncookie: ${cookie}\r\nconnection: Upgrade\r\n` +
        `upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    )
    const hello: HelloFrame = { type: 'hello', v: 1, project, ...(session !== undefined && { session }) }
    await listener.#upgraded()
    socket.write(maskedFrame(0x81, Buffer.from(JSON.stringify(hello))))
    await listener.#answered()
    return listener
  }

  /** Who is silent for long is taken for gone. */
  ping(): Promise<void> {
    this.frames = 0
    this.#socket.write(maskedFrame(0x81, Buffer.from('{"type":"ping"}')))
    return this.#answered()
  }

  async #answered(): Promise<void> {
    while (this.frames === 0 && this.closedAt === undefined) await new Promise((resolve) => setTimeout(resolve, 2))
    this.frames = 0
  }

  #upgraded(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject)
      this.#socket.once('data', (answer: Buffer) => {
        if (!answer.includes(' 101 ')) return reject(new Error(answer.toString()))
        this.#socket.on('data', (data: Buffer) => this.#hear(data))
        const end = answer.indexOf('\r\n\r\n') + 4
        if (end < answer.length) this.#hear(answer.subarray(end))
        resolve()
      })
    })
  }

  #hear(data: Buffer): void {
    let at = 0
    while (at < data.length) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, data.length - at)
        if (this.#kind === closing) this.#code = Buffer.concat([this.#code, data.subarray(at, at + skipped)])
        this.#left -= skipped
        at += skipped
        if (this.#left === 0) this.#heard()
        continue
      }
      const next = data.subarray(at, ++at)
      this.#head = this.#head.length > 0 ? Buffer.concat([this.#head, next]) : next
      const length = payloadLength(this.#head)
      if (length === undefined) continue
      this.#left = length
      this.#kind = this.#head[0]
      this.#head = Buffer.alloc(0)
      if (length === 0) this.#heard()
    }
  }

  #heard(): void {
    if (this.#kind === pinging) this.#socket.write(maskedFrame(0x8a, Buffer.alloc(0)))
    else if (this.#kind !== closing) this.frames += 1
    else {
      this.closedAt = Date.now()
      if (this.#code.length >= 2) this.closedWith = this.#code.readUInt16BE(0)
      this.#socket.end(maskedFrame(closing, Buffer.alloc(0)))
    }
  }
}

/** Undefined while the header is not whole. */
function payloadLength(head: Buffer): number | undefined {
  const short = head[1]
  if (short === undefined) return undefined
  if (short < 126) return short
  if (short === 126) return head.length < 4 ? undefined : head.readUInt16BE(2)
  return head.length < 10 ? undefined : Number(head.readBigUInt64BE(2))
}

/** A client must mask; a mask of zeros does. */
function maskedFrame(kind: number, payload: Buffer): Buffer {
  const { length } = payload
  const head = length < 126 ? [kind, 0x80 | length] : [kind, 0x80 | 126, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload])
}
