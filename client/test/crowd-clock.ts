import type { Clock } from '../clock.ts'

export interface CrowdClock extends Clock {
  advance(ms: number): void
}

/** Time for ten thousand clients with a timer each: due timers come from buckets of a millisecond. */
export function crowdClock(): CrowdClock {
  const buckets = new Map<number, Set<() => void>>()
  let now = 1_800_000_000_000
  return {
    now: () => now,
    after(ms, task) {
      const at = Math.max(now + 1, Math.round(now + ms))
      // A task of its own, so that the same function twice is two timers.
      const timer = () => task()
      const bucket = buckets.get(at) ?? new Set()
      buckets.set(at, bucket.add(timer))
      return () => bucket.delete(timer)
    },
    advance(ms) {
      for (const end = now + ms; now < end; ) {
        now += 1
        for (const timer of buckets.get(now) ?? []) timer()
        buckets.delete(now)
      }
    },
  }
}
