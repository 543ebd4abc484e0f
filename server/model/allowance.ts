import { type Counted, type Kept, RecentMap } from './recent-map.ts'
import { Refused } from './refused.ts'

const mostNames = 50_000

/** So much at once, and so much a minute (DL7, VS14); kept in memory, per name: a visitor, an address, an account. */
export class Allowance {
  #perMinute: number
  readonly burst: number
  #now: () => number
  /** What was left, and when. */
  #buckets: Kept

  constructor(parts: { perMinute: number; burst: number; now(): number; kept?: Kept }) {
    this.#perMinute = parts.perMinute
    this.burst = parts.burst
    this.#now = parts.now
    this.#buckets = parts.kept ?? new RecentMap<Counted>(mostNames)
  }

  /** Takes one from the name's allowance, or refuses and says when the next will be there. */
  take(name: string): void {
    const now = this.#now()
    const left = this.#left(name, now)
    // Kept when refused, too: after the clock was set back, the waiting begins at what it says now.
    this.#buckets.set(name, { count: left < 1 ? left : left - 1, at: now })
    if (left < 1)
      throw new Refused('rate_limited', { retryAfterMs: Math.ceil(((1 - left) * 60_000) / this.#perMinute) })
  }

  /** Gives one back that should not have counted. */
  give(name: string): void {
    const now = this.#now()
    this.#buckets.set(name, { count: Math.min(this.burst, this.#left(name, now) + 1), at: now })
  }

  /** What is left of it, and when all of it will be there again. */
  standing(name: string): { left: number; fullInMs: number } {
    const left = Math.max(0, this.#left(name, this.#now()))
    return { left, fullInMs: ((this.burst - left) * 60_000) / this.#perMinute }
  }

  #left(name: string, now: number): number {
    const bucket = this.#buckets.get(name)
    if (!bucket) return this.burst
    return Math.min(this.burst, bucket.count + (Math.max(0, now - bucket.at) * this.#perMinute) / 60_000)
  }
}
