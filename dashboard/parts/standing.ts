/** What may be believed of a visitor, in the four ways that the seal tells apart (AG3, VS9). */
import type { Message, Visitor } from '../../protocol/records.ts'
import { cleanName } from './clean-name.ts'
import { clock, day, onDayAndClock, sameDay } from './time.ts'

export type Standing = Visitor['identity']

/** A verified session that has run out since the last news of the visitor is an earlier one. */
export function standingOf(visitor: Visitor, now: number): Standing {
  const { identity, verification } = visitor
  if (identity === 'verified' && (verification === null || verification.expiresAt <= now)) return 'verified_earlier'
  return identity
}

export function standingSentence(visitor: Visitor, now: number): string {
  const standing = standingOf(visitor, now)
  if (standing === 'verified' || standing === 'verified_earlier') return verifiedSentence(visitor, standing, now)
  if (visitor.notVerifiedAs !== null) return `Not verified as ${cleanName(visitor.notVerifiedAs) ?? 'that person'}`
  return standing === 'claimed' ? `Not verified: ${typedParts(visitor)} by the visitor` : 'Anonymous visitor'
}

/** The same where there is room for two words. */
export function standingWords(visitor: Visitor, now: number): string {
  const standing = standingOf(visitor, now)
  if (standing === 'verified_earlier') return 'Verified earlier'
  if (standing !== 'verified') {
    return standing === 'anonymous' && visitor.notVerifiedAs === null ? 'Anonymous visitor' : 'Not verified'
  }
  const at = visitor.verification?.verifiedAt
  return at !== undefined && sameDay(at, now) ? `Verified at ${clock(at)}` : 'Verified'
}

function verifiedSentence({ verification }: Visitor, standing: Standing, now: number): string {
  if (verification === null) return 'Verified earlier'
  const { verifiedAt, keyLast4 } = verification
  if (standing === 'verified_earlier') {
    return sameDay(verifiedAt, now)
      ? `Verified earlier: last signed in at ${clock(verifiedAt)}`
      : `Verified earlier: last signed in on ${day(verifiedAt, now)}`
  }
  const when = sameDay(verifiedAt, now) ? '' : `on ${day(verifiedAt, now)} `
  return `Verified: signed in through key …${keyLast4} ${when}at ${clock(verifiedAt)}`
}

/**
 * How the author of one message was verified when it was written (VS9), in the conversation of a person whom a token
 * has named; of anybody else's messages there is no more to say than of himself.
 */
export function proofSentence({ verification, createdAt }: Message, visitor: Visitor, now: number): string {
  if (visitor.externalId === null) return standingSentence(visitor, now)
  if (verification === null) return `Not verified: ${unsignedWords(createdAt, visitor)}`
  const { keyId, verifiedAt } = verification
  const key = keyId === visitor.verification?.keyId ? `key …${visitor.verification.keyLast4}` : 'another key'
  return `Verified when written: signed in through ${key} ${onDayAndClock(verifiedAt, now)}`
}

function unsignedWords(at: number, { verification }: Visitor): string {
  const before = verification !== null && at < verification.verifiedAt
  return before ? 'written before sign-in' : 'written without signing in'
}

function typedParts({ name, email }: Visitor): string {
  if (name !== null && email !== null) return 'name and e-mail were typed'
  return name === null ? 'the e-mail was typed' : 'the name was typed'
}

/** What agents call a visitor. */
export function visitorName(visitor: Visitor): string {
  return cleanName(visitor.name) ?? cleanName(visitor.email) ?? `Visitor ${visitor.id.slice(-4)}`
}
