/** Messages that are not acked yet: sent again with the same client id, by either way, until they are answered. */
import type { Message } from '../../protocol/records.ts'
import { passingCodes } from '../check/stored.ts'
import type { Api } from './api.ts'
import { digestOf, seen } from './journal.ts'
import type { Notebook } from './notebook.ts'
import type { Seat } from './seat.ts'

export interface Outgoing {
  clientId: string
  conversationId: string | undefined
  text: string
  kind?: 'note'
  /** The code that it must be refused with. */
  expected?: string
}

interface Pending extends Outgoing {
  notBefore: number
}

const againAfterMs = 4_000

interface Parts {
  journal: Notebook
  api: Api
  seat: Seat
  random(): number
  /** Puts a message on the socket, if there is one. */
  say(message: Outgoing): boolean
  /** Whoever is no member has no socket, and is refused over HTTP. */
  outside(): boolean
}

export class Outbox {
  #pending = new Map<string, Pending>()
  #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#pending.size
  }

  has(clientId: string): boolean {
    return this.#pending.has(clientId)
  }

  write(message: Outgoing): void {
    const { clientId, conversationId, expected, text } = message
    const { journal, seat } = this.#parts
    journal.note({ kind: 'sent', clientId, conversationId, digest: digestOf(text), expected }, seat.key)
    const pending = { ...message, notBefore: 0 }
    this.#pending.set(clientId, pending)
    this.#send(pending)
    // Two tabs, or one that is impatient: the same message by both ways at once.
    if (this.#parts.random() < 0.08) void this.#post(pending)
  }

  /** Sends what has waited long enough. */
  flush(): void {
    const now = performance.now()
    for (const pending of this.#pending.values()) if (pending.notBefore <= now) this.#send(pending)
  }

  /** The connection is gone, and with it every answer that was on its way. */
  interrupted(): void {
    for (const pending of this.#pending.values()) if (!passing(pending)) pending.notBefore = 0
  }

  acked(clientId: string, message: Message, session: string): void {
    this.#pending.delete(clientId)
    this.#parts.journal.note({ kind: 'acked', clientId, message: seen(message) }, session)
  }

  refused(clientId: string, code: string, session: string, retryAfterMs = 500): void {
    this.#parts.journal.note({ kind: 'refused', clientId, code }, session)
    if (!passingCodes.has(code)) this.#pending.delete(clientId)
    const pending = this.#pending.get(clientId)
    if (pending) pending.notBefore = performance.now() + retryAfterMs + this.#parts.random() * 300
  }

  #send(pending: Pending): void {
    pending.notBefore = performance.now() + againAfterMs
    const { random, outside, say } = this.#parts
    const overHttp = outside() || pending.kind === 'note' || (pending.conversationId !== undefined && random() < 0.2)
    if (overHttp) void this.#post(pending)
    else if (!say(pending)) pending.notBefore = 0
  }

  async #post({ clientId, conversationId, text, kind }: Pending): Promise<void> {
    const { api, seat, journal } = this.#parts
    if (conversationId === undefined || seat.token === undefined) return
    const session = seat.key
    const body = { clientId, text, ...(kind && { kind }) }
    const answer = await api.ask('POST', `/conversations/${conversationId}/messages`, body)
    if (!answer) return
    // The server validates its answers by the schemas that these types are made from.
    if (answer.status === 201) return this.acked(clientId, answer.body as Message, session)
    const { error } = answer.body as { error: { code?: string; retryAfterMs?: number } }
    if (error.code === undefined) {
      journal.note({ kind: 'nonsense', text: `${answer.status} ${JSON.stringify(answer.body)}` }, session)
      return
    }
    this.refused(clientId, error.code, session, error.retryAfterMs)
  }
}

/** Told to wait: being cut off does not shorten that. */
function passing({ notBefore }: Pending): boolean {
  return notBefore > performance.now() + againAfterMs
}
