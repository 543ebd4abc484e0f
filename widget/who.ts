import type { VisitorSelf } from '../protocol/records.ts'
import type { Trouble } from './report.ts'

interface Counted {
  /** Under this name the browser keeps what he wrote. */
  owner: string
  conversations: number
  unread: number
}

/** Who wrote nothing yet has no session: he exists in this browser only (WG3). */
export interface Guest extends Counted {
  state: 'guest'
  session?: string
  visitor?: VisitorSelf
}

/** Somebody whom the site vouched for. */
export interface Verified extends Counted {
  state: 'verified'
  session: string
  visitor: VisitorSelf
  expiresAt: number
  /** What this browser's guest wrote before, if the visitor is still to say whether it is his (VS7). */
  carryOver?: { conversations: number } | null
}

export type SignedIn = Guest | Verified

export interface Out {
  state: 'out'
  /** Why, when it was not the visitor's own wish. */
  reason?: Trouble | undefined
}

/** `unknown` until it is settled whom the page means; nothing of anybody is shown. */
export type Who = { state: 'unknown' } | Out | SignedIn

export function isSignedIn(who: Who | undefined): who is SignedIn {
  return who?.state === 'guest' || who?.state === 'verified'
}

/** Is this what another load of the page left in storage? */
export function isKept(value: unknown): value is SignedIn | Out {
  const kept = value as Who | undefined
  return isSignedIn(kept) || kept?.state === 'out'
}
