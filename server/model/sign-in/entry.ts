/** A sign-in on its way through a batch, and what follows from how far it has come. */
import type { VisitorIdentity } from '../../../identity/visitor-token.ts'
import type { Project, VisitorSelf } from '../../../protocol/records.ts'
import type { VisitorCaller } from '../caller.ts'
import type { Opened } from '../visitor/open-session.ts'
import { changesProfile, type KnownVisitor, type Proof } from '../visitor/verified.ts'
import { type NewEvent, visitorVerified } from '../webhook/event.ts'

/** A token that has been verified, on its way to a session. */
export interface SignIn {
  project: Project
  identity: VisitorIdentity
  keyId: string
  previousSession: string | undefined
}

export interface SignedIn {
  session: Opened
  expiresAt: number
  visitor: VisitorSelf
  conversations: number
  unread: number
}

/** What two sign-ins into a project must not have in common to be in one batch. */
export function namesOf({ identity, previousSession }: SignIn): string[] {
  const names = [`person ${identity.externalId}`]
  if (previousSession !== undefined) names.push(`session ${previousSession}`)
  if (identity.tokenId !== null) names.push(`token ${identity.tokenId}`)
  return names
}

/** How far a sign-in has come. */
export interface Entry extends SignIn {
  proof: Proof
  refused?: Error
  /** As he was before. */
  known?: KnownVisitor | undefined
  visitor?: VisitorSelf
  previous?: VisitorCaller | undefined
  session?: Opened | undefined
}

/** What the token has proved, and until when: from `now` on for as long as a session of the project lasts. */
export function proofOf({ identity, keyId, project }: SignIn, now: number): Proof {
  return { identity, keyId, verifiedAt: now, until: now + project.verifiedSessionSeconds * 1000 }
}

/** As the session remembers it. */
export function sessionOf({ identity, keyId, verifiedAt, until }: Proof) {
  return { verification: { keyId, issuedAt: identity.issuedAt, verifiedAt }, expiresAt: until }
}

/** He, as his own browser is told of him. */
export function visitorSelf(
  id: string,
  { name, email }: Pick<KnownVisitor, 'name' | 'email'>,
  externalId: string,
): VisitorSelf {
  return { id, externalId, name, email, verified: true }
}

/** What webhooks are told; nothing while nobody has been found or made. */
export function verifiedEvent({ visitor, identity, proof }: Entry): NewEvent[] {
  if (!visitor) return []
  const { id, name, email } = visitor
  const { verification, expiresAt } = sessionOf(proof)
  return [visitorVerified({ id, externalId: identity.externalId, name, email }, { ...verification, expiresAt })]
}

export const isBanned = ({ known }: Entry): boolean => known !== undefined && known.banned_at !== null

export const keepsSession = ({ previous, visitor }: Entry): boolean =>
  previous !== undefined && previous.visitorId === visitor?.id

/** Agents see something else of him now: another name, or that he is verified. */
export const isShownAnew = ({ known, identity }: Entry, now: number): boolean =>
  known !== undefined && (changesProfile(known, identity) || (known.verified_until ?? 0) <= now)
