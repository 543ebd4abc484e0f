/** Keeps what was written last, and of that so much: nobody fills the memory by coming under ever new names. */
export class RecentMap<Value> {
  #most: number
  #values = new Map<string, Value>()

  constructor(most: number) {
    this.#most = most
  }

  get(name: string): Value | undefined {
    return this.#values.get(name)
  }

  set(name: string, value: Value): void {
    this.#values.delete(name)
    this.#values.set(name, value)
    if (this.#values.size <= this.#most) return
    // A map is in the order of insertion: the first was written longest ago.
    for (const oldest of this.#values.keys()) return void this.#values.delete(oldest)
  }

  delete(name: string): void {
    this.#values.delete(name)
  }
}
