/** Listens on a port of its own and carries each connection on to one of several addresses. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Line, type Transform } from './line.ts'

export interface RelayOptions {
  /** The ports to carry to, the preferred one first; the next is tried when nobody listens there. */
  choose(): readonly number[]
  port?: number
  /** Made anew for each connection. */
  transform?: () => Transform
}

export class Relay {
  readonly lines = new Set<Line>()
  #server: Server
  #options: RelayOptions
  #port = 0
  #refusing = false
  #delayMs = 0

  constructor(options: RelayOptions) {
    this.#options = options
    this.#server = createServer((client) => void this.#accept(client))
  }

  async start(): Promise<this> {
    this.#server.listen(this.#options.port ?? 0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address && typeof address === 'object') this.#port = address.port
    return this
  }

  get port(): number {
    return this.#port
  }

  /** Cuts what is there, and refuses whoever comes for a while. */
  cutFor(ms: number): void {
    this.#refusing = true
    for (const line of this.lines) line.cut()
    setTimeout(() => {
      this.#refusing = false
    }, ms)
  }

  cutAll(): void {
    for (const line of this.lines) line.cut()
  }

  stallFor(ms: number): void {
    for (const line of this.lines) line.stall(ms)
  }

  /** Those who are there and those who come meanwhile. */
  delayFor(delayMs: number, ms: number): void {
    this.#setDelay(delayMs)
    setTimeout(() => this.#setDelay(0), ms)
  }

  async stop(): Promise<void> {
    this.cutAll()
    this.#server.close()
  }

  #setDelay(ms: number): void {
    this.#delayMs = ms
    for (const line of this.lines) line.delay(ms)
  }

  async #accept(client: Socket): Promise<void> {
    client.on('error', () => {})
    client.pause()
    const server = this.#refusing ? undefined : await this.#reach()
    if (!server || client.destroyed) {
      client.resetAndDestroy()
      server?.destroy()
      return
    }
    const line = new Line(client, server, this.#options.transform?.())
    line.delay(this.#delayMs)
    this.lines.add(line)
    client.once('close', () => this.lines.delete(line))
    client.resume()
  }

  async #reach(): Promise<Socket | undefined> {
    for (const port of this.#options.choose()) {
      const server = connect({ port, host: '127.0.0.1', noDelay: true })
      const reached = await new Promise<boolean>((resolve) => {
        server.once('connect', () => resolve(true))
        server.once('error', () => resolve(false))
      })
      if (reached) return server
    }
    return undefined
  }
}
