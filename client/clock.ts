/** Time as the client sees it, passed in so that tests need not wait. */
export interface Clock {
  now(): number
  /** Runs `task` once after `ms`; the answer calls it off. */
  after(ms: number, task: () => void): () => void
}

/** Browsers run a timer at once when its delay does not fit into 31 bits. */
const longestDelay = 0x7fff_ffff

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(ms, longestDelay))
    return () => clearTimeout(timer)
  },
}
