/** The socket at /live: takes connections in, listens whether they are still there, and sends them away at the end. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { maxFrameBytes } from '../../protocol/limits.ts'
import { changeNumber, changeNumbers } from '../model/changes-since.ts'
import type { SecurityEvent } from '../model/security.ts'
import { refuseOnTheWire } from '../refusal-on-the-wire.ts'
import type { Handshake } from './admit.ts'
import { applySecurityEvent } from './doors.ts'
import { Hub } from './hub.ts'
import { sendAway } from './moving.ts'
import type { LiveParts } from './parts.ts'
import { Registry } from './registry.ts'
import { LiveSocket } from './socket.ts'

const sweepMs = 1_000
/** So often the rooms are compared with the database, and it is looked whether that answers at all. */
const compareMs = 500
/** Clients ping after as long; whose page sleeps is asked. */
const quietMs = 20_000
/** Who does not answer for this long is gone: with the sweep's own delays, found within 30 s. */
const answerMs = 8_500

export class Live {
  #parts: LiveParts
  #handshakeOf: (request: IncomingMessage) => Handshake
  #server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })
  #sweep: NodeJS.Timeout
  #compare: NodeJS.Timeout | undefined
  #applying = Promise.resolve()
  #stopping = false

  constructor(parts: Omit<LiveParts, 'hub' | 'registry'>, handshakeOf: (request: IncomingMessage) => Handshake) {
    const { model, epoch, fresh } = parts
    const hub = new Hub({ bus: model.bus, epoch, fresh, changeNumber: (projectId) => changeNumber(model, projectId) })
    this.#parts = { ...parts, hub, registry: new Registry(parts.model) }
    this.#handshakeOf = handshakeOf
    this.#server.on('wsClientError', (_error, socket) => refuseOnTheWire(socket, 'invalid_request'))
    this.#sweep = setInterval(() => this.sweep(), sweepMs)
    this.#sweep.unref()
    if (model.bus.reliable) return
    this.#compare = setInterval(() => void this.compare(), compareMs)
    this.#compare.unref()
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  /** Acts on what closes doors, see doors.ts: one after the other, since a renewal may stand before a revocation. */
  apply(event: SecurityEvent): void {
    this.#applying = this.#applying
      .then(() => applySecurityEvent(this.#parts, event))
      .catch((error) => {
        this.#parts.log.error({ err: error }, 'security event failed')
        this.#closeAll(event)
      })
  }

  /** Whom it concerns could not be looked up. Whoever it may concern comes in anew, and is looked at again. */
  #closeAll({ projectId }: SecurityEvent): void {
    for (const socket of this.#parts.registry) {
      if (projectId === null || socket.projectId === projectId) socket.close(1011)
    }
  }

  /** Ends what has run out, and lets go of who is gone without a word. */
  sweep(): void {
    const now = this.#parts.model.now()
    for (const socket of this.#parts.registry) {
      if (socket.caller && socket.caller.expiresAt <= now) socket.end('session_expired')
      else this.#listenFor(socket, now)
    }
  }

  /** Looks into the database for what the bus has not told. A node that cannot look sends everybody away (VS16). */
  async compare(): Promise<void> {
    const { model, hub, fresh } = this.#parts
    if (!fresh()) this.#sendAway()
    try {
      const numbers = await changeNumbers(model, hub.projects())
      for (const [projectId, number] of numbers) hub.compare(projectId, number)
    } catch {
      // Not answering is what `fresh` tells.
    }
  }

  /** Whoever is here comes in anew, and is looked at again. */
  readmit(): void {
    this.#sendAway()
  }

  /** How many are connected, by who they are; some have yet to say hello. */
  sockets(): Record<'visitor' | 'agent' | 'greeting', number> {
    const counts = { visitor: 0, agent: 0, greeting: this.#server.clients.size }
    for (const { reader } of this.#parts.registry) {
      counts[reader.kind] += 1
      counts.greeting -= 1
    }
    return counts
  }

  /** DL8: nobody new; who is here is told to move. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#sweep)
    clearInterval(this.#compare)
    this.#sendAway()
    const patience = setTimeout(() => this.#terminateAll(), 2_000)
    await new Promise((resolve) => this.#server.close(resolve))
    clearTimeout(patience)
  }

  /**
   * Only who was asked and did not answer is gone. The silence alone says nothing: the clock may have been set, or
   * this process stopped for a while, and what was said meanwhile not read yet.
   */
  #listenFor(socket: LiveSocket, now: number): void {
    // Later than now: the clock was set back.
    socket.lastHeardAt = Math.min(socket.lastHeardAt, now)
    if (socket.probedAt === undefined || socket.probedAt > now) {
      if (socket.lastHeardAt <= now - quietMs) socket.probe()
    } else if (socket.probedAt <= now - answerMs) socket.terminate()
  }

  /** All, and not only who is admitted already: who is just saying hello comes back all the sooner. */
  #sendAway(): void {
    const { clients } = this.#server
    for (const client of clients) sendAway(client, clients.size)
  }

  #terminateAll(): void {
    for (const client of this.#server.clients) client.terminate()
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A peer that vanishes now must not take the process along.
    socket.on('error', () => {})
    const path = request.url?.split('?', 1)[0]
    if (path !== '/live' || this.#stopping) {
      return refuseOnTheWire(socket, this.#stopping ? 'unavailable' : 'not_found')
    }
    this.#server.handleUpgrade(request, socket, head, (connection: WebSocket) => {
      const { socketsOpened, socketCloses } = this.#parts.model.metrics
      socketsOpened.value += 1
      connection.on('close', (code: number) => socketCloses.add(String(code)))
      new LiveSocket(this.#parts, connection, socket, this.#handshakeOf(request))
    })
  }
}
