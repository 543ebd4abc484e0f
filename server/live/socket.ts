/**
 * One connection, from its hello to its end: admits, hears, sends. What is no frame at all closes it.
 *
 * It begins with nobody behind it. A hello is admitted, and what was sent right after it waits for that. The connection
 * joins its room *behind*, is welcomed, and reads the log until it is live (hub.ts, resume.ts).
 *
 * Its person's rights may change at any await. Then a new reading of the log begins, and `reading` counts it: whoever has
 * awaited something looks whether the count is still the one he began with, and if it isn't, says nothing more.
 */
import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { EndReason } from '../../protocol/errors.ts'
import type { HelloFrame, ServerFrame } from '../../protocol/frames.ts'
import { closeCodes, helloTimeoutMs, protocolVersion } from '../../protocol/limits.ts'
import { parseClientFrame } from '../../protocol/parse.ts'
import type { Author } from '../../protocol/records.ts'
import type { Caller } from '../model/caller.ts'
import { changeNumber, type Reader } from '../model/changes-since.ts'
import type { Writer } from '../model/message/append.ts'
import { Refused } from '../model/refused.ts'
import { act, refuse } from './act.ts'
import { type Admitted, admit, authorOf, type Handshake, SessionEnded, writerOf } from './admit.ts'
import { FrameBudget } from './frame-budget.ts'
import { encode, endedFrame, numberIn } from './frames.ts'
import { Gathering } from './gathering.ts'
import type { Room } from './hub.ts'
import { sendAway } from './moving.ts'
import type { LiveParts } from './parts.ts'
import { catchUp, type Resuming } from './resume.ts'
import { welcomeFrame } from './welcome.ts'

const maxBufferedBytes = 1024 * 1024
const drainPollMs = 20

export class LiveSocket implements Resuming {
  readonly connectionId = randomUUID()
  readonly handshake: Handshake
  live = false
  number = 0
  reading = 0
  /** Over, and about to be told so: nothing that it says counts any more. */
  silenced = false
  lastHeardAt: number
  /** Since when an answer to `probe` is missing. */
  probedAt: number | undefined
  #parts: LiveParts
  #socket: WebSocket
  #gathering: Gathering
  #budget: FrameBudget
  #helloTimer: NodeJS.Timeout
  #hello: HelloFrame | undefined
  #admitted: Admitted | undefined
  #room: Room | undefined
  #greeting: Promise<void> | undefined

  constructor(parts: LiveParts, socket: WebSocket, wire: Duplex, handshake: Handshake) {
    this.#parts = parts
    this.#socket = socket
    this.#gathering = new Gathering(wire)
    this.handshake = handshake
    this.#budget = new FrameBudget(parts.model.now)
    this.lastHeardAt = parts.model.now()
    this.#helloTimer = setTimeout(() => this.close(closeCodes.noHello), helloTimeoutMs)
    socket.on('message', (data, isBinary) => this.#hear(data.toString(), isBinary))
    socket.on('pong', () => this.#noteLife())
    socket.on('close', () => this.#left())
    // ws reports a peer that breaks the protocol, and closes by itself.
    socket.on('error', () => {})
  }

  get closed(): boolean {
    return this.#socket.readyState !== this.#socket.OPEN
  }

  get projectId(): string {
    return this.#admitted?.projectId ?? ''
  }

  get reader(): Reader {
    if (!this.#admitted) throw new Error('Nobody has said hello on this connection.')
    return this.#admitted.reader
  }

  set reader(reader: Reader) {
    if (this.#admitted) this.#admitted = { ...this.#admitted, reader }
  }

  /** Whose session is behind this connection. */
  get caller(): Caller | undefined {
    const { reader, agent } = this.#admitted ?? {}
    return reader?.kind === 'visitor' ? reader.caller : agent
  }

  get sessionId(): string | undefined {
    return this.caller?.sessionId
  }

  /** How this connection's person is named to the others. */
  author(): Author {
    return authorOf(this.#admitted)
  }

  /** As whom this connection writes. */
  writer(): Writer {
    return writerOf(this.reader, this.#admitted)
  }

  deliver(frame: Buffer): void {
    if (this.closed) return
    // What only waits for the rest of its turn is nobody's slowness.
    if (this.#socket.bufferedAmount > maxBufferedBytes) this.#gathering.end()
    // DL6: a slow reader costs only itself. It comes back and reads the log at its own pace.
    if (this.#socket.bufferedAmount > maxBufferedBytes) return this.close(closeCodes.tooSlow)
    this.#gathering.begin()
    this.#socket.send(frame, { binary: false })
  }

  send(frame: ServerFrame): void {
    this.deliver(encode(frame))
  }

  /** The session is over: says why, and closes. */
  end(reason: EndReason): void {
    this.live = false
    this.deliver(endedFrame(reason))
    this.close(closeCodes.sessionEnded)
  }

  close(code: number): void {
    this.#socket.close(code)
  }

  terminate(): void {
    this.#socket.terminate()
  }

  /** Asks whether anybody is there. A browser answers by itself, even for a page whose timers sleep. */
  probe(): void {
    this.probedAt = this.#parts.model.now()
    this.#socket.ping()
  }

  async drained(): Promise<void> {
    while (!this.closed && this.#socket.bufferedAmount > 0) {
      await new Promise((resolve) => setTimeout(resolve, drainPollMs))
    }
  }

  catchUp(): void {
    if (!this.#room) return
    catchUp(this.#parts.model, this.#parts.epoch, this.#room, this).catch((error) => this.refuse(error))
  }

  /** Replaces who reads along, once he is admitted: until then the admission decides who he is. */
  async become(reader: Reader): Promise<void> {
    await this.#greeting
    this.reader = reader
    this.#parts.registry.renew(this)
  }

  /** What he may see has changed as a whole: a reading that is under way ends, and he begins anew. */
  async restart(): Promise<void> {
    if (this.closed) return
    this.live = false
    this.reading += 1
    const { reading } = this
    await this.beginAnew()
    if (this.reading === reading) this.catchUp()
  }

  async beginAnew(): Promise<void> {
    this.send({ type: 'reset' })
    if (this.#hello) await this.#welcome(this.#hello, undefined)
  }

  #hear(text: string, isBinary: boolean): void {
    // A peer that does not answer the closing is heard for another while: nothing that it says counts any more.
    if (this.closed || this.silenced) return
    this.#noteLife()
    if (!this.#budget.take()) return this.close(closeCodes.tooMany)
    // A node that was stopped and goes on, or is cut off: it does not know who may still be here.
    if (!this.#parts.fresh()) return sendAway(this.#socket, 1)
    const frame = isBinary ? undefined : parseClientFrame(text)
    if (!frame) return this.close(closeCodes.badFrame)
    if (frame.type === 'hello') return this.#greet(frame)
    if (!this.#greeting) return this.close(closeCodes.badFrame)
    if (this.#admitted) act(this.#parts, this, frame)
    // Sent right after hello, before the answer: it waits for the admission.
    else void this.#greeting.then(() => this.#admitted && act(this.#parts, this, frame))
  }

  #noteLife(): void {
    this.lastHeardAt = this.#parts.model.now()
    this.probedAt = undefined
  }

  #greet(hello: HelloFrame): void {
    if (this.#greeting || hello.v !== protocolVersion) return this.close(closeCodes.badFrame)
    clearTimeout(this.#helloTimer)
    this.#greeting = this.#admit(hello).catch((error) => this.refuse(error))
  }

  async #admit(hello: HelloFrame): Promise<void> {
    const admitted = await admit(this.#parts.model, hello, this.handshake)
    if (this.closed) return
    this.#admitted = admitted
    this.#parts.registry.enter(this)
    this.#room = await this.#parts.hub.join(this)
    this.#hello = hello
    const { reading } = this
    await this.#welcome(hello, hello.cursor)
    if (this.reading === reading) this.catchUp()
  }

  async #welcome(hello: HelloFrame, cursor: string | undefined): Promise<void> {
    const [{ model, epoch, registry }, { reading }] = [this.#parts, this]
    const newest = await changeNumber(model, this.projectId)
    // Once more, now that whatever ends a session or changes a role from here on finds this connection: it may just
    // have happened. After the number, so that the log tells of what happens later.
    const admitted = await admit(model, hello, this.handshake)
    if (this.closed || this.reading !== reading) return
    this.#admitted = admitted
    registry.renew(this)
    const since = cursor === undefined ? undefined : numberIn(cursor, epoch)
    const resumed = since !== undefined && since <= newest
    if (cursor !== undefined && !resumed) this.send({ type: 'reset' })
    this.number = resumed ? since : newest
    const welcome = await welcomeFrame(this.#parts, admitted, { number: this.number, resumed })
    if (this.reading === reading) this.send(welcome)
  }

  /** Says why this connection is not granted, or no longer, and closes. */
  refuse(error: unknown): void {
    if (error instanceof SessionEnded) return this.end(error.reason)
    refuse(this.#parts, this, error)
    this.close(error instanceof Refused ? closeCodes.notAllowed : 1011)
  }

  #left(): void {
    clearTimeout(this.#helloTimer)
    this.live = false
    if (!this.#admitted) return
    this.#parts.hub.leave(this)
    this.#parts.registry.leave(this)
  }
}
