/** The customer's own backend: it knows the shared secret, signs its customers in with it, and changes it. */
import { signToken } from '../../bench/tokens.ts'
import { type Api, textIn } from './api.ts'
import type { Ledger } from './ledger.ts'

export type Previous = 'revoke' | 'retire' | 'keep'

interface Key {
  id: string
  revokedAt: number | null
  retiresAt: number | null
}

/** A project may have five; with this many the oldest has to go first. */
const mostLive = 4
const graceSeconds = 3_600

export class Site {
  #owner: Api
  #project: string
  #ledger: Ledger
  #secret = ''

  constructor(owner: Api, project: string, ledger: Ledger) {
    this.#owner = owner
    this.#project = project
    this.#ledger = ledger
  }

  /** A fresh token, as whoever is signed in on the page gets it. */
  token(externalId: string): string {
    return signToken(this.#secret, externalId)
  }

  /** Another secret from now on; those before are revoked, retired or kept. */
  async rotate(previous: Previous): Promise<void> {
    const keys = (await this.#keys()).filter(({ revokedAt }) => revokedAt === null)
    const oldest = keys.at(-1)
    if (oldest && keys.length >= mostLive) await this.#revoke(oldest.id)
    const began = performance.now()
    const body = { previous, ...(previous === 'retire' && { graceSeconds }) }
    const made = await this.#owner.insist('POST', this.#path, body)
    this.#secret = textIn(made.body, 'secret')
    // An answer that was lost has made another one, and nobody knows it: it may stay.
    for (const key of await this.#keys()) {
      if (key.revokedAt !== null && keys.some(({ id }) => id === key.id)) this.#note(key.id, began)
    }
  }

  async #revoke(id: string): Promise<void> {
    const began = performance.now()
    // 409: an earlier try had gone through.
    await this.#owner.insist('POST', `${this.#path}/${id}/revoke`, undefined, [409])
    this.#note(id, began)
  }

  #note(id: string, began: number): void {
    if (this.#ledger.revocations.has(id)) return
    this.#ledger.revocations.set(id, { value: true, began, ended: performance.now(), sure: true })
  }

  /** The newest first. */
  async #keys(): Promise<Key[]> {
    const { body } = await this.#owner.insist('GET', this.#path)
    // The server validates its answers by the schema that this type is made from.
    return (body as { sharedSecrets: Key[] }).sharedSecrets
  }

  get #path(): string {
    return `/projects/${this.#project}/shared-secrets`
  }
}
