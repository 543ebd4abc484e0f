/**
 * One TCP connection on its way through us, which can be cut, delayed or not read. Bytes of one direction stay in
 * order; whoever does not read makes the other side wait, as on a real wire.
 */
import type { Socket } from 'node:net'

/** What becomes of bytes on their way from the server; nothing unless told. */
export type Transform = (chunk: Buffer, forward: (chunk: Buffer) => void) => void

export class Line {
  readonly client: Socket
  readonly server: Socket
  #cutNext = false
  #delayMs = 0
  #holders = new Map<Socket, number>()

  constructor(client: Socket, server: Socket, transform?: Transform) {
    this.client = client
    this.server = server
    this.#carry(client, server)
    this.#carry(server, client, transform)
  }

  /** Both ends see a connection that breaks without a goodbye. */
  cut(): void {
    this.client.resetAndDestroy()
    this.server.resetAndDestroy()
  }

  /** Half of the next chunk still passes. */
  cutInMidFrame(): void {
    this.#cutNext = true
  }

  delay(ms: number): void {
    this.#delayMs = ms
  }

  /** The client stops reading for a while. */
  holdClient(ms: number): void {
    setTimeout(this.hold(), ms)
  }

  /** The client stops reading; gives the way to go on. */
  hold(): () => void {
    return this.#hold([this.server])
  }

  /** Nothing passes in either direction for a while. */
  stall(ms: number): void {
    setTimeout(this.#hold([this.server, this.client]), ms)
  }

  /** Two may hold at the same time; the last one to let go lets it pass. */
  #hold(sources: Socket[]): () => void {
    for (const source of sources) this.#holders.set(source, (this.#holders.get(source) ?? 0) + 1)
    for (const source of sources) source.pause()
    return () => {
      for (const source of sources) this.#holders.set(source, (this.#holders.get(source) ?? 0) - 1)
      for (const source of sources) this.#resume(source)
    }
  }

  #resume(source: Socket): void {
    if ((this.#holders.get(source) ?? 0) === 0) source.resume()
  }

  #carry(from: Socket, to: Socket, transform?: Transform): void {
    const forward = (chunk: Buffer) => {
      if (to.destroyed) return
      if (to.write(chunk) || from.isPaused()) return
      from.pause()
      to.once('drain', () => this.#resume(from))
    }
    const pass = transform ? (chunk: Buffer) => transform(chunk, forward) : forward
    const inTurn = this.#queue()
    from.on('data', (chunk: Buffer) => {
      if (!this.#cutNext) return inTurn(() => pass(chunk))
      forward(chunk.subarray(0, Math.max(1, chunk.length >> 1)))
      // What was written leaves before the end comes.
      setImmediate(() => this.cut())
    })
    from.on('end', () => inTurn(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => inTurn(() => setTimeout(() => to.destroy(), 50)))
  }

  /** Late, but never before what came earlier, even when the delay ends meanwhile. */
  #queue(): (task: () => void) => void {
    const waiting: { at: number; task: () => void }[] = []
    let timer: NodeJS.Timeout | undefined
    const work = () => {
      timer = undefined
      for (let next = waiting[0]; next; next = waiting[0]) {
        const left = next.at - performance.now()
        if (left > 0) {
          timer = setTimeout(work, left)
          return
        }
        waiting.shift()
        next.task()
      }
    }
    return (task) => {
      waiting.push({ at: performance.now() + this.#delayMs, task })
      if (!timer) work()
    }
  }
}
