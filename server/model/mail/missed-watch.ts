import type { Model } from '../model.ts'
import type { Mailing } from './mail.ts'
import { mailMissed } from './missed.ts'

const everyMs = 30_000

/** Looks now and then, on every node, for whom an answer waits. */
export class MissedWatch {
  #model: Pick<Model, 'database' | 'bus' | 'masterKey' | 'now'>
  #mailing: Mailing
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<unknown> | undefined

  constructor(model: Pick<Model, 'database' | 'bus' | 'masterKey' | 'now'>, mailing: Mailing) {
    this.#model = model
    this.#mailing = mailing
  }

  start(): void {
    this.#timer = setInterval(() => void this.turn(), everyMs).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#turn
  }

  turn(): Promise<unknown> {
    this.#turn ??= mailMissed(this.#model, this.#mailing)
      // The database does not answer: in half a minute, then.
      .catch(() => {})
      .finally(() => {
        this.#turn = undefined
      })
    return this.#turn
  }
}
