import { type Counted, type Kept, RecentMap } from './recent-map.ts'
import { Refused } from './refused.ts'

const mostNames = 50_000

/**
 * Slows down whoever keeps being refused: after `free` refusals each further one doubles the wait, up to `longestMs`.
 * Only refusals count, so nobody pays for what he does right.
 */
export class Attempts {
  #free: number
  #firstMs: number
  #longestMs: number
  #now: () => number
  #refusals: Kept

  constructor(parts: { free: number; firstMs: number; longestMs: number; now(): number; kept?: Kept }) {
    this.#free = parts.free
    this.#firstMs = parts.firstMs
    this.#longestMs = parts.longestMs
    this.#now = parts.now
    this.#refusals = parts.kept ?? new RecentMap<Counted>(mostNames)
  }

  /** Throws `rate_limited` while one of these names has to wait. */
  require(...names: string[]): void {
    const waitMs = Math.max(...names.map((name) => this.#waitMs(name)))
    if (waitMs > 0) throw new Refused('rate_limited', { retryAfterMs: waitMs })
  }

  refused(...names: string[]): void {
    for (const name of names) {
      const count = this.#current(name)?.count ?? 0
      this.#refusals.set(name, { count: count + 1, at: this.#now() })
    }
  }

  succeeded(name: string): void {
    this.#refusals.delete(name)
  }

  #waitMs(name: string): number {
    const past = this.#current(name)
    if (!past || past.count < this.#free) return 0
    const wait = Math.min(this.#longestMs, this.#firstMs * 2 ** (past.count - this.#free))
    return past.at + wait - this.#now()
  }

  /** An hour without a refusal, and all is forgotten. */
  #current(name: string): Counted | undefined {
    const past = this.#refusals.get(name)
    if (!past || past.at <= this.#now() - 3_600_000) return undefined
    // Refused later than now: the clock was set back, and nobody is to wait for it to come round again.
    past.at = Math.min(past.at, this.#now())
    return past
  }
}
