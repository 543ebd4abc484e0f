/**
 * A browser's place: the session that its tabs share, and the way to another one when it has ended. A visitor's page
 * asks its backend for a fresh token, an agent types his password.
 */
import { hashSessionToken } from '../../identity/session-token.ts'
import { Api } from './api.ts'
import type { Ledger } from './ledger.ts'

export interface Entrance {
  /** Gives the new session's token; nothing when that does not work now. */
  enter(previous: string | undefined): Promise<string | undefined>
  headers(token: string): Record<string, string>
  /** False for whoever has no way back in. */
  returns: boolean
  /** Where the session is ended. */
  path: '/visitor-session' | '/agent-session'
}

const againAfterMs = 1_000

export class Seat {
  /** Counts the sign-outs: whoever sits here afterwards begins anew. */
  signOuts = 0
  #token: string | undefined
  #last: string
  #entrance: Entrance
  #entering: Promise<void> | undefined
  #notBefore = 0

  constructor(token: string, entrance: Entrance) {
    this.#token = token
    this.#last = token
    this.#entrance = entrance
  }

  get returns(): boolean {
    return this.#entrance.returns
  }

  get token(): string | undefined {
    return this.#token
  }

  /** What journals and rows call the session; the last one's when there is none. */
  get key(): string {
    return hashSessionToken(this.#last)
  }

  headers(): Record<string, string> {
    return this.#token === undefined ? {} : this.#entrance.headers(this.#token)
  }

  /** The server says that this session is over; another tab may have come in again already. */
  ended(key: string): void {
    if (key === this.key) this.#token = undefined
  }

  /** Comes in again, if it is out; all tabs wait for one answer. */
  enter(): Promise<void> {
    if (this.#token !== undefined || performance.now() < this.#notBefore) return Promise.resolve()
    return this.#enterOnce()
  }

  /** Brings a fresh token while the session is still good: it lives on. */
  renew(): Promise<void> {
    return this.#token === undefined || !this.returns ? Promise.resolve() : this.#enterOnce()
  }

  async signOut(url: string, ledger: Ledger, awayMs: number): Promise<void> {
    const { key } = this
    if (this.#token === undefined) return
    // This session, and none that may follow it meanwhile.
    const headers = this.headers()
    const api = new Api(url, () => headers)
    const deed = { value: true as const, began: performance.now(), ended: Number.POSITIVE_INFINITY, sure: false }
    ledger.signOuts.set(key, deed)
    // 401: it has ended already.
    await api.insist('DELETE', this.#entrance.path, undefined, [401])
    this.signOuts += 1
    Object.assign(deed, { ended: performance.now(), sure: true })
    this.#notBefore = performance.now() + awayMs
    this.ended(key)
  }

  #enterOnce(): Promise<void> {
    this.#entering ??= this.#enter().finally(() => {
      this.#entering = undefined
    })
    return this.#entering
  }

  async #enter(): Promise<void> {
    const { signOuts } = this
    const token = await this.#entrance.enter(this.#token ?? this.#last)
    this.#notBefore = Math.max(this.#notBefore, performance.now() + againAfterMs)
    // Who has signed out meanwhile does not want to be in.
    if (token === undefined || signOuts !== this.signOuts) return
    this.#token = token
    this.#last = token
  }
}
