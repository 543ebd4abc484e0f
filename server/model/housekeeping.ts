/** What is kept no longer goes: now and then, on every node, a few rows at a time, so that nobody waits for it. */
import { pruneLogInAttempts } from './agent/log-in-attempts.ts'
import { pruneResets } from './agent/password-reset.ts'
import { deleteOfErased, deleteUnsent } from './attachment/deletion.ts'
import type { Model } from './model.ts'
import { pruneOutbox } from './outbox/prune.ts'
import { forgetErased } from './privacy/erased-conversation.ts'
import { eraseWhatWasLeft } from './privacy/erasure.ts'
import { eraseOld } from './privacy/retention.ts'
import { shortenAddresses } from './privacy/shorten-addresses.ts'
import { pruneSessions } from './privacy/visitor-pruning.ts'
import { pruneSecurityEvents } from './security.ts'
import { pruneRefusals } from './sign-in/refusal.ts'
import { pruneUsedTokens } from './sign-in/used-token.ts'
import { settleWhatWasLeft } from './signing-key/revocation.ts'
import { eraseDeadSecrets } from './signing-key/shared-secret.ts'

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
  pruneLogInAttempts,
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
