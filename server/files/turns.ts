import { InTurn } from '../in-turn.ts'

/** One piece of work at a time, in turns by whose it is. */
export class Turns {
  #waiting = new InTurn<{ by: string; begin(): void }>()
  #busy = false

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.waiting
  }

  waitingOf(name: string): number {
    return this.#waiting.waitingOf(name)
  }

  async take<Result>(by: string, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((begin) => {
      this.#waiting.add({ by, begin })
      this.#next()
    })
    try {
      return await work()
    } finally {
      this.#busy = false
      this.#next()
    }
  }

  #next(): void {
    const next = this.#busy ? undefined : this.#waiting.next()
    if (!next) return
    this.#busy = true
    next.begin()
  }
}
