import { Refused } from '../refused.ts'

/** So much at once, and so much a minute (DL7); kept in memory, per visitor. */
export class MessageLimit {
  #perMinute: number
  #burst: number
  #now: () => number
  #buckets = new Map<string, { left: number; at: number }>()

  constructor(parts: { perMinute: number; burst: number; now(): number }) {
    this.#perMinute = parts.perMinute
    this.#burst = parts.burst
    this.#now = parts.now
  }

  /** Takes one message from the visitor's allowance, or refuses and says when the next will be there. */
  take(visitorId: string): void {
    const now = this.#now()
    const left = this.#left(visitorId, now)
    // Kept when refused, too: after the clock was set back, the waiting begins at what it says now.
    this.#buckets.set(visitorId, { left, at: now })
    if (left < 1)
      throw new Refused('rate_limited', { retryAfterMs: Math.ceil(((1 - left) * 60_000) / this.#perMinute) })
    this.#buckets.set(visitorId, { left: left - 1, at: now })
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
  }

  #left(visitorId: string, now: number): number {
    const bucket = this.#buckets.get(visitorId)
    if (!bucket) return this.#burst
    return Math.min(this.#burst, bucket.left + (Math.max(0, now - bucket.at) * this.#perMinute) / 60_000)
  }

  #forgetFull(now: number): void {
    for (const visitorId of this.#buckets.keys()) {
      if (this.#left(visitorId, now) >= this.#burst) this.#buckets.delete(visitorId)
    }
  }
}
