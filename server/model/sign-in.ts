/**
 * A visitor comes in: with a token that his site has signed, or as nobody in particular.
 *
 * The token is verified outside of the transaction; inside it the key is looked at once more, since it may have
 * been revoked in between. The visitor is found by project and external id, never by e-mail (VS3).
 */
import type { VisitorIdentity } from '../../identity/visitor-token.ts'
import type { Project, VisitorSelf } from '../../protocol/records.ts'
import type { Transaction } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { emailKey } from './agent.ts'
import { refuseBannedAddress } from './ban.ts'
import { carryOver, findOffer, type Offer, passOnOffer } from './carry-over.ts'
import { type Claims, cleanClaims } from './claims.ts'
import { touchVisitorsConversations } from './conversation-touch.ts'
import { newId } from './id.ts'
import type { Model } from './model.ts'
import { Refused } from './refused.ts'
import { spendToken } from './used-token.ts'
import {
  anonymousSessionMs,
  describeVisitor,
  endVisitorSession,
  findOpenSession,
  insertVisitorSession,
  renewVisitorSession,
} from './visitor-session.ts'
import { verifyToken } from './visitor-token.ts'
import { visitorVerified } from './webhook/event.ts'
import { recordWanted } from './webhook/record-events.ts'

export interface Admission {
  session: string
  expiresAt: number
  visitor: VisitorSelf
  conversations: number
  unread: number
  carryOver: Offer
}

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'presence' | 'now'>

/** Exchanges a token for a session (VS1). Throws identity's TokenRefused. */
export async function signInWithToken(
  model: Acting,
  project: Project,
  offered: { token: string; verifier?: string | undefined; previousSession?: string | undefined },
): Promise<Admission> {
  const now = model.now()
  const { identity, key } = await verifyToken(model, project, offered)
  const verification = { keyId: key.id, issuedAt: identity.issuedAt, verifiedAt: now }
  const expiresAt = now + project.verifiedSessionSeconds * 1000
  const { session, id, visitorId } = await model.database.transaction(async (tx) => {
    const wanted = await requireLiveKey(tx, key.id, now)
    if (project.singleUseTokens) await spendToken(tx, project.id, identity, key.id)
    const visitor = await findOrMakeVisitor(tx, project.id, identity, { keyId: key.id, until: expiresAt, now })
    if (visitor.shownAnew) await touchVisitorsConversations(tx, model, project.id, visitor.id)
    const previous = offered.previousSession && (await findOpenSession(tx, now, project.id, offered.previousSession))
    const same = previous && previous.visitorId === visitor.id
    if (same && offered.previousSession && (await renewVisitorSession(tx, model, previous, verification, expiresAt))) {
      return { session: offered.previousSession, id: previous.sessionId, visitorId: visitor.id }
    }
    const carryOverFrom = previous
      ? await carryOver(tx, model, project, previous, visitor.id)
      : offered.previousSession && (await passOnOffer(tx, project.id, offered.previousSession, visitor.id))
    if (previous && !same) await endVisitorSession(tx, model, previous, 'identity_changed')
    const opened = { projectId: project.id, visitorId: visitor.id, verification, expiresAt, carryOverFrom }
    const { id, token: session } = await insertVisitorSession(tx, now, opened)
    const { externalId, name, email } = identity
    const verified = visitorVerified({ id: visitor.id, externalId, name, email }, { ...verification, expiresAt })
    await recordWanted(tx, model, { id: project.id, wanted }, [verified])
    return { session, id, visitorId: visitor.id }
  })
  // Without a session before there is nothing to take over.
  const offer = offered.previousSession === undefined ? null : await findOffer(model, id)
  return { session, expiresAt, ...(await describeVisitor(model, visitorId, true)), carryOver: offer }
}

/** A session for nobody in particular; `claims` are what he says of himself. */
export async function signInAnonymously(
  model: Acting,
  project: Project,
  offered: { claims?: Claims | undefined; previousSession?: string | undefined; address?: string | undefined },
): Promise<Admission> {
  if (project.enforcement === 'required') throw new Refused('authentication_required')
  const now = model.now()
  const expiresAt = now + anonymousSessionMs
  const claims = cleanClaims(offered.claims ?? {})
  const { session, visitorId } = await model.database.transaction(async (tx) => {
    await requireAdmitsAnybody(tx, project.id)
    if (offered.address !== undefined) await refuseBannedAddress(tx, project.id, offered.address)
    const previous = offered.previousSession && (await findOpenSession(tx, now, project.id, offered.previousSession))
    if (previous) await endVisitorSession(tx, model, previous, 'identity_changed')
    const visitorId = await insertVisitor(tx, project.id, now, { ...claims, external_id: null })
    if (!visitorId) throw new Error('A visitor without an external id is always a new one.')
    const opened = { projectId: project.id, visitorId, verification: null, expiresAt, address: offered.address }
    return { session: (await insertVisitorSession(tx, now, opened)).token, visitorId }
  })
  return { session, expiresAt, ...(await describeVisitor(model, visitorId, false)), carryOver: null }
}

/** Once more, inside: the project may just have been closed to who is not signed in. */
async function requireAdmitsAnybody(tx: Transaction, projectId: string): Promise<void> {
  const [row] = await tx.rows<{ enforcement: string }>('select enforcement from projects where id = ?', [projectId])
  if (row?.enforcement === 'required') throw new Refused('authentication_required')
}

/** Gives which events the project's webhooks want, since it asks anyway. */
async function requireLiveKey(tx: Transaction, keyId: string, now: number): Promise<number> {
  const [row] = await tx.rows<{ revoked_at: number | null; retires_at: number | null; wanted: number }>(
    // Held until the commit: a revocation on another node waits, and then finds the session that is opened here.
    `select revoked_at, retires_at, (select p.webhook_events from projects p where p.id = project_id) as wanted
     from signing_keys where id = ? ${tx.holding}`,
    [keyId],
  )
  if (!row || row.revoked_at !== null || (row.retires_at !== null && row.retires_at <= now)) {
    throw new Refused('secret_revoked')
  }
  return row.wanted
}

interface Found {
  id: string
  /** Agents see something else of him now: another name, or that he is verified. */
  shownAnew: boolean
}

async function findOrMakeVisitor(
  tx: Transaction,
  projectId: string,
  identity: VisitorIdentity,
  verified: { keyId: string; until: number; now: number },
): Promise<Found> {
  const { now } = verified
  const find = () =>
    tx.rows<Schema['visitors']>('select * from visitors where project_id = ? and external_id = ?', [
      projectId,
      identity.externalId,
    ])
  let [known] = await find()
  if (!known) {
    const id = await insertVisitor(tx, projectId, now, {
      ...profileColumns(identity),
      verified_key_id: verified.keyId,
      verified_at: now,
      verified_until: verified.until,
    })
    if (id)
      return { id, shownAnew: false }
      // He came in on another node at the same moment.
    ;[known] = await find()
  }
  if (!known) throw new Error('A visitor who is there cannot be found.')
  const newer = identity.issuedAt >= (known.profile_issued_at ?? 0)
  const changed = newer && (await updateProfile(tx, known, identity))
  await markVerified(tx, known.id, verified)
  return { id: known.id, shownAnew: changed || (known.verified_until ?? 0) <= now }
}

type Profile = Pick<Schema['visitors'], 'external_id' | 'name' | 'email'> & Partial<Schema['visitors']>

/** The new visitor's id; undefined if there is one with this external id already. */
async function insertVisitor(
  tx: Transaction,
  projectId: string,
  now: number,
  profile: Profile,
): Promise<string | undefined> {
  const [row] = await tx.rows<{ id: string }>(
    `insert into visitors (id, project_id, external_id, name, email, email_key, phone, attributes, profile_issued_at,
       verified_key_id, verified_at, verified_until, created_at, last_seen_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (project_id, external_id) do nothing returning id`,
    [
      newId(),
      projectId,
      profile.external_id,
      profile.name,
      profile.email,
      profile.email === null ? null : emailKey(profile.email),
      profile.phone ?? null,
      profile.attributes ?? '{}',
      profile.profile_issued_at ?? null,
      profile.verified_key_id ?? null,
      profile.verified_at ?? null,
      profile.verified_until ?? null,
      now,
      now,
    ],
  )
  return row?.id
}

function profileColumns(identity: VisitorIdentity) {
  return {
    external_id: identity.externalId,
    name: identity.name,
    email: identity.email,
    phone: identity.phone,
    attributes: JSON.stringify(identity.attributes),
    profile_issued_at: identity.issuedAt,
  }
}

/** The profile follows the newest token (VS4). Tells whether anything is different now. */
async function updateProfile(tx: Transaction, known: Schema['visitors'], identity: VisitorIdentity): Promise<boolean> {
  const { name, email, phone, attributes, profile_issued_at: issuedAt } = profileColumns(identity)
  const key = email === null ? null : emailKey(email)
  await tx.rows(
    'update visitors set name = ?, email = ?, email_key = ?, phone = ?, attributes = ?, profile_issued_at = ? where id = ?',
    [name, email, key, phone, attributes, issuedAt, known.id],
  )
  return known.name !== name || known.email !== email || known.phone !== phone || known.attributes !== attributes
}

async function markVerified(
  tx: Transaction,
  visitorId: string,
  { keyId, until, now }: { keyId: string; until: number; now: number },
): Promise<void> {
  const [row] = await tx.rows(
    `update visitors set verified_key_id = ?, verified_at = ?, verified_until = ?, last_seen_at = ?
     where id = ? and banned_at is null returning id`,
    [keyId, now, until, now, visitorId],
  )
  if (!row) throw new Refused('banned')
}
