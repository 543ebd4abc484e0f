import type { SharedSecret } from '../../../../../protocol/records.ts'
import { day, dayAndClock, remaining } from '../../../../parts/time.ts'

export interface SecretState {
  tone?: 'good' | 'warn'
  /** On the chip. */
  word: string
  /** Until when its tokens are accepted, while that is not for good. */
  until?: string
}

/** What becomes of tokens that are signed with a secret (SS5). */
export function secretState({ state, retiresAt, revokedAt }: SharedSecret, now: number): SecretState {
  if (state === 'active') return { tone: 'good', word: 'Active' }
  if (revokedAt !== null) return { word: `Revoked on ${day(revokedAt, now)}` }
  if (retiresAt === null) return { tone: 'warn', word: 'Retiring' }
  if (retiresAt <= now || state === 'revoked') {
    return { word: 'Retired', until: 'Its tokens are refused. Sessions that are open live out their time.' }
  }
  return {
    tone: 'warn',
    word: `Retiring, ${remaining(retiresAt - now)} left`,
    until: `Its tokens are accepted until ${dayAndClock(retiresAt, now)}.`,
  }
}

/** Nothing more can be done about it: its tokens are refused, and nobody is still in through it (SS5). */
export function isOver({ state, revokedAt, sessions }: SharedSecret): boolean {
  return revokedAt !== null || (state === 'revoked' && sessions === 0)
}

/** Nobody would miss it: what still signs with it has not for a day (SS7). */
export function isSafeToRevoke({ state, signInsLastDay }: SharedSecret): boolean {
  return state === 'retiring' && signInsLastDay === 0
}
