import { RecentMap } from '../model/recent-map.ts'
import { Refused } from '../model/refused.ts'

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
  #refusals = new RecentMap<{ count: number; last: number }>(mostNames)

  constructor(parts: { free: number; firstMs: number; longestMs: number; now(): number }) {
    this.#free = parts.free
    this.#firstMs = parts.firstMs
    this.#longestMs = parts.longestMs
    this.#now = parts.now
  }

  /** Throws `rate_limited` while one of these names has to wait. */
  require(...names: string[]): void {
    const waitMs = Math.max(...names.map((name) => this.#waitMs(name)))
    if (waitMs > 0) throw new Refused('rate_limited', { retryAfterMs: waitMs })
  }

  refused(...names: string[]): void {
    for (const name of names) {
      const count = this.#current(name)?.count ?? 0
      this.#refusals.set(name, { count: count + 1, last: this.#now() })
    }
  }

  succeeded(name: string): void {
    this.#refusals.delete(name)
  }

  #waitMs(name: string): number {
    const past = this.#current(name)
    if (!past || past.count < this.#free) return 0
    const wait = Math.min(this.#longestMs, this.#firstMs * 2 ** (past.count - this.#free))
    return past.last + wait - this.#now()
  }

  /** An hour without a refusal, and all is forgotten. */
  #current(name: string): { count: number; last: number } | undefined {
    const past = this.#refusals.get(name)
    if (!past || past.last <= this.#now() - 3_600_000) return undefined
    // Refused later than now: the clock was set back, and nobody is to wait for it to come round again.
    past.last = Math.min(past.last, this.#now())
    return past
  }
}

/** VS14: an IPv6 household has a whole /64 to come from. */
export function addressKey(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const missing = tail === undefined ? 0 : 8 - groups.length - rest.length
  return `${[...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...rest].slice(0, 4).join(':')}::/64`
}
