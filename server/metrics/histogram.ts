import { sample } from './text.ts'

/** Upper bounds in seconds, ascending. */
export type Buckets = readonly number[]

export class Histogram {
  #bounds: Buckets
  #counts: Float64Array
  #sum = 0

  constructor(bounds: Buckets) {
    this.#bounds = bounds
    this.#counts = new Float64Array(bounds.length + 1)
  }

  observe(seconds: number): void {
    let index = 0
    while (index < this.#bounds.length && seconds > (this.#bounds[index] ?? 0)) index += 1
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#sum += seconds
  }

  /** Each bucket holds those below it, too. */
  *lines(name: string): Generator<string> {
    let total = 0
    for (const [index, bound] of this.#bounds.entries()) {
      total += this.#counts[index] ?? 0
      yield sample(`${name}_bucket`, { le: String(bound) }, total)
    }
    total += this.#counts[this.#bounds.length] ?? 0
    yield sample(`${name}_bucket`, { le: '+Inf' }, total)
    yield sample(`${name}_sum`, {}, this.#sum)
    yield sample(`${name}_count`, {}, total)
  }
}
