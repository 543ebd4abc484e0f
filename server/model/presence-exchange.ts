/**
 * Nodes tell each other who is connected to them. Each says what changes as it changes, and everything every so often
 * and when a node asks, because the bus may lose signals; a node that has not been heard for long is taken for gone.
 */
import type { Bus } from '../bus/bus.ts'
import { publishPresence } from './change.ts'
import { personFrom } from './person.ts'
import type { Presence } from './presence.ts'

type Signal =
  | { node: string; all: string[] }
  | { node: string; id: string; here: boolean }
  | { node: string; asks: true }
  | { node: string; gone: true }

const topic = 'presence'
const tellAllMs = 20_000
const goneAfterMs = 50_000

export class PresenceExchange {
  #presence: Presence
  #bus: Bus
  #node: string
  #now: () => number
  #heardAt = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined

  constructor(parts: { presence: Presence; bus: Bus; node: string; now(): number }) {
    this.#presence = parts.presence
    this.#bus = parts.bus
    this.#node = parts.node
    this.#now = parts.now
  }

  start(): void {
    this.#unsubscribe = this.#bus.subscribe(topic, (signal) => this.#hear(signal as Signal))
    this.#presence.onOwnChange((id, here) => this.#say({ node: this.#node, id, here }))
    this.#timer = setInterval(() => this.turn(), tellAllMs)
    this.#timer.unref()
    this.#say({ node: this.#node, asks: true })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#unsubscribe?.()
    this.#say({ node: this.#node, gone: true })
  }

  /** Tells everything, and forgets whom it has not heard for long. */
  turn(): void {
    this.#tellAll()
    for (const [node, at] of this.#heardAt) if (at < this.#now() - goneAfterMs) this.#forget(node)
  }

  #hear(signal: Signal): void {
    const { node } = signal
    if (node === this.#node) return
    this.#heardAt.set(node, this.#now())
    if ('asks' in signal) this.#tellAll()
    else if ('gone' in signal) this.#forget(node)
    else if ('all' in signal) this.#tellGone(this.#presence.setElsewhere(node, new Set(signal.all)))
    else this.#presence.noteElsewhere(node, signal.id, signal.here)
  }

  #forget(node: string): void {
    this.#heardAt.delete(node)
    this.#tellGone(this.#presence.setElsewhere(node, undefined))
  }

  /** A node that was killed tells nobody, and its word may have been lost: every node that notices tells in its place. */
  #tellGone(ids: string[]): void {
    for (const id of ids) {
      const person = personFrom(id)
      if (person) publishPresence(this.#bus, person, false)
    }
  }

  #tellAll(): void {
    this.#say({ node: this.#node, all: this.#presence.own() })
  }

  #say(signal: Signal): void {
    this.#bus.publish(topic, signal)
  }
}
