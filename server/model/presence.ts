/** Who is connected right now: to this node, and, as far as the bus has told, to others. Never stored. */
export class Presence {
  #own = new Map<string, number>()
  #elsewhere = new Map<string, Set<string>>()
  #partings = new Map<string, () => void>()
  #listener: (id: string, here: boolean) => void = () => {}

  /** Counts a connection in; true if this person was nowhere before. */
  enter(id: string): boolean {
    const news = !this.has(id)
    this.#partings.delete(id)
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

  isHere(id: string): boolean {
    return this.#own.has(id)
  }

  /** Told when somebody comes to this node or has left it. */
  onOwnChange(listener: (id: string, here: boolean) => void): void {
    this.#listener = listener
  }

  own(): string[] {
    return [...this.#own.keys()]
  }

  /** Everybody, on whichever node, once. */
  *everywhere(): Iterable<string> {
    yield* this.#own.keys()
    const nodes = [...this.#elsewhere.values()]
    for (const [place, ids] of nodes.entries()) {
      const before = nodes.slice(0, place)
      for (const id of ids) if (!this.#own.has(id) && !before.some((node) => node.has(id))) yield id
    }
  }

  /**
   * For whoever has left this node and was said to be on another: tells when he is gone from there, too. Two nodes
   * that are left at the same moment would otherwise each leave it to the other to tell.
   */
  onceGone(id: string, tell: () => void): void {
    this.#partings.set(id, tell)
  }

  /** What another node says of itself; undefined when it is gone. Gives back who is nowhere any more because of it. */
  setElsewhere(node: string, ids: Set<string> | undefined): string[] {
    const before = this.#elsewhere.get(node) ?? new Set()
    if (ids) this.#elsewhere.set(node, ids)
    else this.#elsewhere.delete(node)
    for (const id of this.#partings.keys()) this.#part(id)
    return [...before].filter((id) => !this.has(id))
  }

  noteElsewhere(node: string, id: string, here: boolean): void {
    const ids = this.#elsewhere.get(node) ?? new Set()
    if (here) ids.add(id)
    else ids.delete(id)
    this.#elsewhere.set(node, ids)
    this.#part(id)
  }

  #part(id: string): void {
    const tell = this.#partings.get(id)
    if (!tell || this.has(id)) return
    this.#partings.delete(id)
    tell()
  }
}
