/**
 * Wakes whoever listens on a topic, on this node and on others. It may lose, repeat or delay what it carries: the
 * log in the database is the truth, and losing a signal must cost latency, never a message.
 */
export interface Bus {
  /** Nothing can get lost, nor come in another order: all happens in one process, one commit after the other. */
  readonly reliable: boolean
  publish(topic: string, signal: unknown): void
  subscribe(topic: string, listener: (signal: unknown) => void): () => void
  /** Does it reach the other nodes at the moment? */
  connected(): boolean
  close(): Promise<void>
}

/** What nodes know each other's signals by. */
export interface Marks {
  of(text: string): string
  isOf(text: string, mark: string): boolean
}

/** The bus of a single process: hands the very object on, in the order of publishing. */
export function memoryBus(): Bus {
  const listeners = new Map<string, Set<(signal: unknown) => void>>()
  return {
    reliable: true,
    publish(topic, signal) {
      for (const listener of listeners.get(topic) ?? []) listener(signal)
    },
    subscribe(topic, listener) {
      const own = listeners.get(topic) ?? new Set()
      listeners.set(topic, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(topic) === own) listeners.delete(topic)
      }
    },
    connected: () => true,
    async close() {
      listeners.clear()
    },
  }
}
