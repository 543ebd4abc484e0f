/** Who is connected to this node right now. Never stored. */
export class Presence {
  #connections = new Map<string, number>()

  /** Counts a connection in; true if it is the first of this person. */
  enter(id: string): boolean {
    const count = this.#connections.get(id) ?? 0
    this.#connections.set(id, count + 1)
    return count === 0
  }

  /** Counts a connection out; true if it was the last one. */
  leave(id: string): boolean {
    const count = this.#connections.get(id) ?? 0
    if (count > 1) this.#connections.set(id, count - 1)
    else this.#connections.delete(id)
    return count === 1
  }

  has(id: string): boolean {
    return this.#connections.has(id)
  }
}
