/**
 * Those who wait for what serves one at a time. Next is whose last turn was longest ago: who asks for much keeps others
 * waiting for one piece of it, and not for all.
 */
export class InTurn<One extends { by: string }> {
  #waiting: One[] = []
  #turn = 0
  /** Of those who wait for another, and of whose turn it is. */
  #last = new Map<string, number>()

  get waiting(): number {
    return this.#waiting.length
  }

  waitingOf(name: string): number {
    return this.#waiting.filter(({ by }) => by === name).length
  }

  add(one: One): void {
    this.#waiting.push(one)
  }

  /** Whose turn it is. He waits no more. */
  next(): One | undefined {
    const [first, ...others] = this.#waiting
    if (!first) return undefined
    const lastOf = ({ by }: One) => this.#last.get(by) ?? 0
    const next = others.reduce((best, other) => (lastOf(other) < lastOf(best) ? other : best), first)
    this.#waiting = this.#waiting.filter((one) => one !== next)
    for (const name of this.#last.keys()) if (this.waitingOf(name) === 0) this.#last.delete(name)
    this.#last.set(next.by, ++this.#turn)
    return next
  }

  /** All of them, sent away. */
  clear(): One[] {
    return this.#waiting.splice(0)
  }
}
