/**
 * Who could see what, and when, as far as that is certain from outside of the server.
 *
 * A deed takes effect at some moment between the question and the answer. What may hold within a span are the effects
 * of every deed that began before its end, but for those that another deed, certainly later, had certainly replaced
 * before its beginning. Only what holds whichever of them it was is a reason to complain.
 */
import type { Role } from '../../protocol/records.ts'
import { type Deed, type Ledger, placeOf } from '../people/ledger.ts'
import type { Rows } from './rows.ts'

export interface Span {
  from: number
  to: number
}

/** So long after a change the reading of the log may go on. */
const aftermathMs = 2_000

const begins: Deed<null> = {
  value: null,
  began: Number.NEGATIVE_INFINITY,
  ended: Number.NEGATIVE_INFINITY,
  sure: true,
}

export class Rights {
  #ledger: Ledger
  #assignees: ReadonlyMap<string, Deed<string | null>[]>
  #sessions: ReadonlyMap<string, Rows['sessions'][number]>
  #removals: Deed<null>[]

  constructor(ledger: Ledger, rows: Rows) {
    this.#ledger = ledger
    this.#assignees = ledger.assignees
    this.#sessions = new Map(rows.sessions.map((session) => [session.key, session]))
    // Whoever leaves gives back what is assigned to him; whether that was this conversation, the order alone knows.
    const deeds = [...ledger.roles.values()].flat()
    this.#removals = deeds.flatMap((deed) => (deed.value === null ? { ...deed, value: null, sure: false } : []))
  }

  /** From when on it is certain that this session is over; undefined while it is not. */
  overSince(session: string): number | undefined {
    const signOut = this.#ledger.signOuts.get(session)
    if (signOut?.sure) return signOut.ended
    const row = this.#sessions.get(session)
    if (row?.endReason !== 'secret_revoked' || row.keyId === null) return undefined
    return this.#ledger.revocations.get(row.keyId)?.ended
  }

  /** Why a session may have been said to be over by then, if it may. */
  mayHaveEnded(session: string, at: number): string | undefined {
    const signOut = this.#ledger.signOuts.get(session)
    if (signOut && signOut.began <= at) return 'signed_out'
    return this.#sessions.get(session)?.endReason ?? undefined
  }

  mayHaveBeenOut(agentId: string, span: Span): boolean {
    return possible(this.#ledger.roles.get(agentId) ?? [], span).includes(null)
  }

  /** He has no business there in all that time. */
  surelyMayNot(agentId: string, conversationId: string, span: Span): boolean {
    const roles = this.#roles(agentId, span)
    if (roles.every((role) => role === null)) return true
    if (!roles.every((role) => role === null || role === 'agent')) return false
    if (this.#mayShareDepartment(agentId, conversationId, span)) return false
    return this.#holders(conversationId, span).every((holder) => holder !== null && holder !== agentId)
  }

  /** Something happened to somebody's rights: whole projects read the log then. */
  disturbed({ from, to }: Span): boolean {
    const { roles, places, signOuts, revocations } = this.#ledger
    const deeds = [...[...roles.values(), ...places.values()].flat(), ...signOuts.values(), ...revocations.values()]
    return deeds.some(({ began, ended }) => began <= to && ended >= from - aftermathMs)
  }

  surelyMay(agentId: string, conversationId: string, span: Span): boolean {
    const roles = this.#roles(agentId, span)
    if (roles.includes(null)) return false
    if (!roles.includes('agent')) return true
    if (this.#sharesDepartment(agentId, conversationId, span)) return true
    return this.#holders(conversationId, span).every((holder) => holder === null || holder === agentId)
  }

  /** At some moment it may be in a department that he is in. */
  #mayShareDepartment(agentId: string, conversationId: string, span: Span): boolean {
    return this.#departments(conversationId, span).some(
      (department) => department !== null && this.#isIn(agentId, department, span).includes(true),
    )
  }

  /** Whichever department it is in, he is in that one all the time. */
  #sharesDepartment(agentId: string, conversationId: string, span: Span): boolean {
    return this.#departments(conversationId, span).every(
      (department) => department !== null && !this.#isIn(agentId, department, span).includes(false),
    )
  }

  #departments(conversationId: string, span: Span): (string | null)[] {
    return possible([begins, ...(this.#ledger.departments.get(conversationId) ?? [])], span)
  }

  #isIn(agentId: string, departmentId: string, span: Span): boolean[] {
    const deeds = this.#ledger.places.get(placeOf(agentId, departmentId)) ?? []
    return possible([{ ...begins, value: false }, ...deeds], span)
  }

  #roles(agentId: string, span: Span): (Role | null)[] {
    return possible(this.#ledger.roles.get(agentId) ?? [], span)
  }

  #holders(conversationId: string, span: Span): (string | null)[] {
    return possible([begins, ...(this.#assignees.get(conversationId) ?? []), ...this.#removals], span)
  }
}

/** The values that may hold at some moment of the span. */
export function possible<Value>(deeds: readonly Deed<Value>[], { from, to }: Span): Value[] {
  const sure = deeds.filter((deed) => deed.sure && deed.ended <= from)
  const replaced = Math.max(Number.NEGATIVE_INFINITY, ...sure.map(({ began }) => began))
  return deeds.filter(({ began, ended }) => began <= to && ended >= replaced).map(({ value }) => value)
}
