/** Who is connected right now: to this node, and, as far as the bus has told, to others. Never stored. */
export class Presence {
  #own = new Map<string, number>()
  #elsewhere = new Map<string, Set<string>>()
  #listener: (id: string, here: boolean) => void = () => {}

  /** Counts a connection in; true if this person was nowhere before. */
  enter(id: string): boolean {
    const news = !this.has(id)
    const count = this.#own.get(id) ?? 0
    this.#own.set(id, count + 1)
    if (count === 0) this.#listener(id, true)
    return news
  }

  /** Counts a connection out; true if this person is nowhere any more. */
  leave(id: string): boolean {
    const count = this.#own.get(id) ?? 0
    if (count > 1) {
      this.#own.set(id, count - 1)
      return false
    }
    if (!this.#own.delete(id)) return false
    this.#listener(id, false)
    return !this.has(id)
  }

  has(id: string): boolean {
    if (this.#own.has(id)) return true
    for (const ids of this.#elsewhere.values()) if (ids.has(id)) return true
    return false
  }

  /** Told when somebody comes to this node or has left it. */
  onOwnChange(listener: (id: string, here: boolean) => void): void {
    this.#listener = listener
  }

  own(): string[] {
    return [...this.#own.keys()]
  }

  /** What another node says of itself; undefined when it is gone. */
  setElsewhere(node: string, ids: Set<string> | undefined): void {
    if (ids) this.#elsewhere.set(node, ids)
    else this.#elsewhere.delete(node)
  }

  idsElsewhere(node: string): Set<string> | undefined {
    return this.#elsewhere.get(node)
  }
}
