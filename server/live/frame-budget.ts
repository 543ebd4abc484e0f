const perSecond = 1_000
const burst = 2_000

/** More frames than any client of ours could mean to send: a flood, and closed as one (4429). */
export class FrameBudget {
  #now: () => number
  #left = burst
  #at: number

  constructor(now: () => number) {
    this.#now = now
    this.#at = now()
  }

  take(): boolean {
    const now = this.#now()
    // The clock may have been set back; that is nobody's flood.
    this.#left = Math.min(burst, this.#left + (Math.max(0, now - this.#at) * perSecond) / 1000)
    this.#at = now
    this.#left -= 1
    return this.#left >= 0
  }
}
