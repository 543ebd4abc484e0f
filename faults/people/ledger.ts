/**
 * What was done to the rights of others, by whoever did it: when it was asked for, when it was answered, and whether
 * it is certain that it was done. Between the two moments nobody outside of the server knows on which side it is.
 */
import type { Role } from '../../protocol/records.ts'

export interface Deed<Value> {
  value: Value
  began: number
  ended: number
  /** False when the answer is not known: then it may have happened, or not. */
  sure: boolean
}

/** Whoever has not been answered is not done to any more after so long. */
const lateAfterMs = 30_000
const always: Pick<Deed<unknown>, 'began' | 'ended' | 'sure'> = {
  began: Number.NEGATIVE_INFINITY,
  ended: Number.NEGATIVE_INFINITY,
  sure: true,
}

export class Ledger {
  /** By agent; null is no membership. */
  readonly roles = new Map<string, Deed<Role | null>[]>()
  /** By conversation. */
  readonly assignees = new Map<string, Deed<string | null>[]>()
  /** By the session's key. */
  readonly signOuts = new Map<string, Deed<true>>()
  /** By the id of the shared secret. */
  readonly revocations = new Map<string, Deed<true>>()
  /** Who stopped reading, and how much was stored for him to read meanwhile. */
  readonly pauses: { who: string; conversationId: string; began: number; ended: number; bytes: number }[] = []

  /** Somebody is a member from the beginning. */
  joined(agentId: string, role: Role): void {
    this.roles.set(agentId, [...(this.roles.get(agentId) ?? []), { value: role, ...always }])
  }

  /** Waits for the answer: 'done', 'refused', or nothing where nobody knows. */
  async note<Value>(
    deeds: Map<string, Deed<Value>[]>,
    subject: string,
    value: Value,
    ask: () => Promise<'done' | 'refused' | undefined>,
  ): Promise<'done' | 'refused' | undefined> {
    const deed = { value, began: performance.now(), ended: Number.POSITIVE_INFINITY, sure: false }
    const all = deeds.get(subject) ?? []
    deeds.set(subject, all)
    all.push(deed)
    const outcome = await ask()
    if (outcome === 'refused') all.splice(all.indexOf(deed), 1)
    else Object.assign(deed, { ended: performance.now() + (outcome ? 0 : lateAfterMs), sure: outcome === 'done' })
    return outcome
  }
}

export function outcomeOf(answer: { status: number } | undefined): 'done' | 'refused' | undefined {
  if (!answer || answer.status >= 500) return undefined
  return answer.status < 300 ? 'done' : 'refused'
}
