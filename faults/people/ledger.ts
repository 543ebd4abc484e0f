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

/** Gives the outcome, or nothing where nobody knows. */
export type Ask = () => Promise<'done' | 'refused' | undefined>

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
  /** The department that a conversation is in, by conversation. */
  readonly departments = new Map<string, Deed<string | null>[]>()
  /** Who is in which department, by `placeOf`. */
  readonly places = new Map<string, Deed<boolean>[]>()
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

  /** Waits for the answer. */
  async note<Value>(deeds: Map<string, Deed<Value>[]>, subject: string, value: Value, ask: Ask): ReturnType<Ask> {
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

/** An agent in a department. */
export const placeOf = (agentId: string, departmentId: string): string => `${agentId} ${departmentId}`

export function outcomeOf(answer: { status: number } | undefined): 'done' | 'refused' | undefined {
  if (!answer || answer.status >= 500) return undefined
  return answer.status < 300 ? 'done' : 'refused'
}
