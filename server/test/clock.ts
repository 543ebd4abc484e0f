/** A clock that tests turn by hand. */
export class Clock {
  ms = Date.UTC(2026, 10, 1, 12, 0, 0)

  readonly now = (): number => this.ms

  get seconds(): number {
    return Math.floor(this.ms / 1000)
  }

  advance(ms: number): void {
    this.ms += ms
  }
}

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
