import { performance } from 'node:perf_hooks'
import type { Histogram } from './histogram.ts'
import type { Registry } from './registry.ts'

const everyMs = 50
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/**
 * How late a timer comes is how long everything else waits. Sampled by a timer of ours: Node's own monitor holds one
 * histogram since it was reset, and two who ask would reset it under each other.
 */
export class EventLoopDelay {
  #delay: Histogram
  #timer: NodeJS.Timeout | undefined
  #lastAt = 0

  constructor(registry: Registry) {
    this.#delay = registry.histogram(
      'signet_event_loop_delay_seconds',
      `How late a timer came, asked every ${everyMs} ms.`,
      bounds,
    )
    registry.total(
      'signet_event_loop_busy_seconds_total',
      'Time in which the event loop was at work.',
      () => performance.eventLoopUtilization().active / 1000,
    )
  }

  start(): void {
    this.#lastAt = performance.now()
    this.#timer = setInterval(() => this.#look(), everyMs)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const now = performance.now()
    this.#delay.observe(Math.max(0, now - this.#lastAt - everyMs) / 1000)
    this.#lastAt = now
  }
}
