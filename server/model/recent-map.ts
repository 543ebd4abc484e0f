/** So many, or so much, at that time. */
export interface Counted {
  count: number
  at: number
}

/** Where counts are kept, by name. */
export interface Kept {
  get(name: string): Counted | undefined
  set(name: string, counted: Counted): void
  delete(name: string): void
}

/**
 * Keeps at least the `most / 2` entries that were written last, and at most `most`: nobody fills the memory by coming
 * under ever new names. In two halves, of which the older is dropped as a whole: to take out one entry after the other
 * from the front of a map costs more the longer it goes on.
 */
export class RecentMap<Value> {
  #half: number
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  constructor(most: number) {
    this.#half = most / 2
  }

  get(name: string): Value | undefined {
    return this.#young.get(name) ?? this.#old.get(name)
  }

  set(name: string, value: Value): void {
    this.#old.delete(name)
    this.#young.set(name, value)
    if (this.#young.size < this.#half) return
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(name: string): void {
    this.#young.delete(name)
    this.#old.delete(name)
  }
}
