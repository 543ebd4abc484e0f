/** Carries each connection, of HTTP and of sockets alike, to the next node that is ready. */
import { Relay } from './relay.ts'

const lookEveryMs = 300
const lookPatienceMs = 800

export class Balancer {
  readonly relay: Relay
  #ports: readonly number[]
  #ready = new Set<number>()
  #turn = 0
  #timer: NodeJS.Timeout | undefined

  constructor(ports: readonly number[], port?: number) {
    this.#ports = ports
    this.relay = new Relay({ choose: () => this.#choose(), ...(port !== undefined && { port }) })
  }

  async start(): Promise<this> {
    await this.relay.start()
    await this.#look()
    this.#timer = setInterval(() => void this.#look(), lookEveryMs)
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${this.relay.port}`
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.relay.stop()
  }

  /** Round robin; whoever does not seem to be ready comes last. */
  #choose(): number[] {
    this.#turn += 1
    const turned = this.#ports.map((_, index) => this.#ports[(index + this.#turn) % this.#ports.length] ?? 0)
    return [...turned.filter((port) => this.#ready.has(port)), ...turned.filter((port) => !this.#ready.has(port))]
  }

  async #look(): Promise<void> {
    await Promise.all(
      this.#ports.map(async (port) => {
        const signal = AbortSignal.timeout(lookPatienceMs)
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).catch(() => undefined)
        await answer?.body?.cancel()
        if (answer?.ok) this.#ready.add(port)
        else this.#ready.delete(port)
      }),
    )
  }
}
