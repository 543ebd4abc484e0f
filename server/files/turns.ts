/**
 * One piece of work at a time. Next is whose last turn was longest ago: who gives much to do keeps others waiting for one
 * piece of it, and not for all.
 */
interface Waiting {
  by: string
  begin(): void
}

export class Turns {
  #waiting: Waiting[] = []
  #busy = false
  #turn = 0
  /** Of those who wait for another, and of whose turn it is. */
  #last = new Map<string, number>()

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting.length
  }

  waitingOf(name: string): number {
    return this.#waiting.filter(({ by }) => by === name).length
  }

  async take<Result>(by: string, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ by, begin })
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
    const [first, ...others] = this.#waiting
    if (this.#busy || !first) return
    const lastOf = ({ by }: Waiting) => this.#last.get(by) ?? 0
    const next = others.reduce((best, other) => (lastOf(other) < lastOf(best) ? other : best), first)
    this.#waiting = this.#waiting.filter((one) => one !== next)
    for (const name of this.#last.keys()) if (this.waitingOf(name) === 0) this.#last.delete(name)
    this.#last.set(next.by, ++this.#turn)
    this.#busy = true
    next.begin()
  }
}
