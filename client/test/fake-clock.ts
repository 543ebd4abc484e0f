import type { Clock } from '../clock.ts'

export interface FakeClock extends Clock {
  advance(ms: number): void
}

/** Time stands still until the test moves it. */
export function fakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start
  let timers: { at: number; task: () => void }[] = []

  function nextBefore(end: number) {
    return timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
  }

  return {
    now: () => now,
    after(ms, task) {
      const timer = { at: now + ms, task }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = now + ms
      for (let timer = nextBefore(end); timer; timer = nextBefore(end)) {
        const due = timer
        timers = timers.filter((other) => other !== due)
        now = due.at
        due.task()
      }
      now = end
    },
  }
}
