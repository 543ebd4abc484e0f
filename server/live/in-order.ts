/**
 * The changes of one project in the order of their numbers, out of signals that come in any order, twice, or never.
 *
 * What comes too early waits for a moment: two nodes that commit one after the other are heard in either order. What
 * is still missing then is taken for lost, and `lost` sends everybody to the log.
 */
import type { Change } from '../model/change.ts'

const patienceMs = 50

export interface InOrderOptions {
  deliver(change: Change): void
  /** Something up to `number` did not come; everything up to `last` had. */
  lost(last: number, number: number): void
  later(ms: number, task: () => void): () => void
}

export class InOrder {
  /** Everything up to here has been delivered, or is in the log for whoever was sent there. */
  last = 0
  #options: InOrderOptions
  #early = new Map<number, Change>()
  #callOff: (() => void) | undefined
  #seen = 0

  constructor(options: InOrderOptions) {
    this.#options = options
  }

  /** Before the first connection is live: begins at what the database says. */
  begin(number: number): void {
    this.last = Math.max(this.last, number)
    this.#deliverEarly()
  }

  receive(change: Change): void {
    if (change.number <= this.last) return
    this.#early.set(change.number, change)
    this.#deliverEarly()
    if (this.#early.size > 0) this.#callOff ??= this.#options.later(patienceMs, () => this.#giveUp())
  }

  /**
   * Compares with the number in the database, from time to time: the signal that got lost may have been the last.
   * Only what was there at the comparison before counts; a signal may be on its way.
   */
  compare(number: number): void {
    if (this.last < this.#seen) this.#skipTo(this.#seen)
    this.#seen = number
  }

  stop(): void {
    this.#callOff?.()
    this.#early.clear()
  }

  #deliverEarly(): void {
    for (let next = this.#early.get(this.last + 1); next; next = this.#early.get(this.last + 1)) {
      this.#early.delete(next.number)
      this.last = next.number
      this.#options.deliver(next)
    }
    for (const number of this.#early.keys()) if (number <= this.last) this.#early.delete(number)
    if (this.#early.size > 0) return
    this.#callOff?.()
    this.#callOff = undefined
  }

  #giveUp(): void {
    this.#callOff = undefined
    this.#skipTo(Math.max(...this.#early.keys()))
  }

  #skipTo(number: number): void {
    const { last } = this
    this.last = Math.max(last, number)
    this.#options.lost(last, this.last)
    this.#deliverEarly()
  }
}
