import { atom } from 'nanostores'
import type { Answer } from '../../protocol/endpoints.ts'

export type Me = Answer<'GET /me'>
export type Membership = Me['memberships'][number]

/** Who is signed in; null when nobody is, undefined while that is unknown. */
export const $me = atom<Me | null | undefined>(undefined)
/** Why somebody has to sign in again. */
export const $leftBecause = atom<string | undefined>(undefined)

export function enter(me: Me) {
  $leftBecause.set(undefined)
  $me.set(me)
}

export function leave(because?: string) {
  // Whoever was never in has nothing to be told.
  if ($me.get()) $leftBecause.set(because)
  $me.set(null)
}

/** Owners and admins: they alone know the project's settings (SS10). */
export function administers(membership: Membership): membership is Exclude<Membership, { role: 'agent' }> {
  return membership.role !== 'agent'
}
