/** What is kept no longer goes: now and then, on every node, a few rows at a time, so that nobody waits for it. */
import { deleteOfErased, deleteUnsent } from './attachment/deletion.ts'
import { forgetErased } from './erased-conversation.ts'
import { eraseWhatWasLeft } from './erasure.ts'
import type { Model } from './model.ts'
import { pruneOutbox } from './outbox/prune.ts'
import { pruneResets } from './password-reset.ts'
import { eraseOld } from './retention.ts'
import { settleWhatWasLeft } from './revocation.ts'
import { pruneSecurityEvents } from './security.ts'
import { eraseDeadSecrets } from './shared-secret.ts'
import { shortenAddresses } from './shorten-addresses.ts'
import { pruneRefusals } from './sign-in-refusal.ts'
import { pruneUsedTokens } from './used-token.ts'
import { pruneSessions } from './visitor-pruning.ts'

const everyMs = 3_600_000
const firstMs = 60_000
const most = 200

type Keeping = Pick<Model, 'database' | 'bus' | 'now' | 'reads'>

export type Chore = (model: Keeping, most: number) => Promise<boolean>

/** Each clears away at most so many rows, and tells whether there may be more. */
const chores: Chore[] = [
  eraseDeadSecrets,
  settleWhatWasLeft,
  eraseWhatWasLeft,
  forgetErased,
  eraseOld,
  shortenAddresses,
  pruneSessions,
  pruneRefusals,
  pruneOutbox,
  pruneResets,
  pruneSecurityEvents,
  deleteUnsent,
  deleteOfErased,
  async (model) => {
    await pruneUsedTokens(model)
    return false
  },
]

export class Housekeeping {
  #model: Keeping
  #chores: readonly Chore[]
  #timer: NodeJS.Timeout | undefined
  #first: NodeJS.Timeout | undefined
  #turn: Promise<void> | undefined
  #stopping = false

  /** With what needs more than the database, last. */
  constructor(model: Keeping, more: readonly Chore[] = []) {
    this.#model = model
    this.#chores = [...chores, ...more]
  }

  start(): void {
    this.#timer = setInterval(() => void this.turn(), everyMs)
    // For who is restarted more often than that.
    this.#first = setTimeout(() => void this.turn(), firstMs)
    for (const timer of [this.#timer, this.#first]) timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#timer)
    clearTimeout(this.#first)
    await this.#turn
  }

  turn(): Promise<void> {
    this.#turn ??= this.#run().finally(() => {
      this.#turn = undefined
    })
    return this.#turn
  }

  async #run(): Promise<void> {
    for (const chore of this.#chores) {
      try {
        while (!this.#stopping && (await chore(this.#model, most)));
      } catch {
        // The database does not answer: in an hour, then.
      }
    }
  }
}
