const firstMs = 500
const capMs = 30_000

/** How long to wait before attempt number `attempt` (from 0): full jitter, so that a crowd does not come back in step. */
export function backOff(attempt: number, random: () => number, cap = capMs, first = firstMs): number {
  return Math.round(random() * Math.min(cap, first * 2 ** Math.min(attempt, 20)))
}
