import type { Duplex } from 'node:stream'

/**
 * What is sent on a socket in one turn of the event loop leaves in one write: a visitor's message with its ack, and to
 * an agent all that a batch brought. Each write is a call into the kernel, and those are most of what sending costs.
 */
export class Gathering {
  #wire: Duplex
  #open = false

  constructor(wire: Duplex) {
    this.#wire = wire
  }

  begin(): void {
    if (this.#open) return
    this.#open = true
    this.#wire.cork()
    // After the promises that the commit has resolved, and before the loop turns.
    process.nextTick(() => this.end())
  }

  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#wire.uncork()
  }
}
