/** Visitor sessions: what a visitor holds after admission (VS1, VS2). Only the hash of the token is kept. */
import { createSessionToken, hashSessionToken } from '../../identity/session-token.ts'
import type { EndReason } from '../../protocol/errors.ts'
import type { Verification, VisitorSelf } from '../../protocol/records.ts'
import type { Transaction } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import type { VisitorCaller } from './caller.ts'
import { touchVisitorsConversations, touchVisitorsOfKey } from './conversation-touch.ts'
import { newId } from './id.ts'
import type { Model } from './model.ts'
import { recordSecurityEvent } from './security.ts'

export const anonymousSessionMs = 180 * 86_400_000

type SessionRow = Schema['visitor_sessions'] & { name: string | null }

export async function findVisitorCaller(
  model: Pick<Model, 'database' | 'now'>,
  token: string,
): Promise<VisitorCaller | undefined> {
  const [row] = await model.database.rows<SessionRow>(`${selectSession} where s.token_hash = ?`, [
    hashSessionToken(token),
  ])
  return row && isOpen(row, model.now()) ? callerFromRow(row) : undefined
}

/** The session as it is now: for a socket that has been told of a change. */
export async function reloadVisitorCaller(
  model: Pick<Model, 'database' | 'now'>,
  sessionId: string,
): Promise<VisitorCaller | undefined> {
  const [row] = await model.database.rows<SessionRow>(`${selectSession} where s.id = ?`, [sessionId])
  return row && isOpen(row, model.now()) ? callerFromRow(row) : undefined
}

/** Why a session is not open: for a client that comes back with it. */
export function endReasonOf(model: Pick<Model, 'database'>, token: string): Promise<EndReason> {
  return findEndReason(model, 'token_hash = ?', hashSessionToken(token))
}

export function endReasonOfSession(model: Pick<Model, 'database'>, sessionId: string): Promise<EndReason> {
  return findEndReason(model, 'id = ?', sessionId)
}

async function findEndReason(
  { database }: Pick<Model, 'database'>,
  which: 'token_hash = ?' | 'id = ?',
  value: string,
): Promise<EndReason> {
  const [row] = await database.rows<{ end_reason: string | null }>(
    `select end_reason from visitor_sessions where ${which}`,
    [value],
  )
  if (!row) return 'session_unknown'
  return (row.end_reason as EndReason | null) ?? 'session_expired'
}

const selectSession = 'select s.*, v.name from visitor_sessions s join visitors v on v.id = s.visitor_id'

const isOpen = (row: SessionRow, now: number): boolean => row.ended_at === null && row.expires_at > now

function callerFromRow(row: SessionRow): VisitorCaller {
  return {
    kind: 'visitor',
    sessionId: row.id,
    projectId: row.project_id,
    visitorId: row.visitor_id,
    name: row.name,
    verification: verificationFromRow(row),
    expiresAt: row.expires_at,
  }
}

function verificationFromRow(row: Schema['visitor_sessions']): Verification | null {
  if (row.key_id === null || row.issued_at === null || row.verified_at === null) return null
  return { keyId: row.key_id, issuedAt: row.issued_at, verifiedAt: row.verified_at }
}

export interface NewSession {
  projectId: string
  visitorId: string
  verification: Verification | null
  expiresAt: number
  /** Of an anonymous one, where it is opened from (VS15). */
  address?: string | undefined
  /** The anonymous visitor whose conversations it may take over (VS7). */
  carryOverFrom?: string | null | undefined
}

/** Opens a session inside the caller's transaction; its token is for its bearer alone. */
export async function insertVisitorSession(
  tx: Transaction,
  now: number,
  session: NewSession,
): Promise<{ id: string; token: string }> {
  const { token, hash } = createSessionToken()
  const id = newId()
  const { verification } = session
  await tx.rows(
    `insert into visitor_sessions (id, project_id, visitor_id, token_hash, key_id, issued_at, verified_at, created_at, expires_at,
       address, carry_over_from) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      session.projectId,
      session.visitorId,
      hash,
      verification?.keyId ?? null,
      verification?.issuedAt ?? null,
      verification?.verifiedAt ?? null,
      now,
      session.expiresAt,
      session.address ?? null,
      session.carryOverFrom || null,
    ],
  )
  return { id, token }
}

/** The open session of this token in this project, inside a transaction. */
export async function findOpenSession(
  tx: Transaction,
  now: number,
  projectId: string,
  token: string,
): Promise<VisitorCaller | undefined> {
  const [row] = await tx.rows<SessionRow>(`${selectSession} where s.token_hash = ?`, [hashSessionToken(token)])
  return row && row.project_id === projectId && isOpen(row, now) ? callerFromRow(row) : undefined
}

/** A fresh token for the very person who holds the session: it lives on, under the new verification (VS2), unless it has just ended. */
export async function renewVisitorSession(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  session: VisitorCaller,
  verification: Verification,
  expiresAt: number,
): Promise<boolean> {
  const { projectId, sessionId } = session
  const { keyId, issuedAt, verifiedAt } = verification
  const [row] = await tx.rows(
    `update visitor_sessions set key_id = ?, issued_at = ?, verified_at = ?, expires_at = ?
     where id = ? and ended_at is null returning id`,
    [keyId, issuedAt, verifiedAt, expiresAt, sessionId],
  )
  if (!row) return false
  await recordSecurityEvent(tx, model, { kind: 'visitor_session_renewed', projectId, subjectId: sessionId })
  return true
}

const anonymousRenewalMs = 86_400_000

/** An anonymous session lasts 180 days from its last use (VS2); once a day that is written down. */
export async function keepAnonymousSession(
  model: Pick<Model, 'database' | 'now'>,
  caller: VisitorCaller,
): Promise<VisitorCaller> {
  const expiresAt = model.now() + anonymousSessionMs
  if (caller.verification !== null || expiresAt - caller.expiresAt < anonymousRenewalMs) return caller
  await model.database.transaction((tx) =>
    tx.rows('update visitor_sessions set expires_at = ? where id = ? and ended_at is null', [
      expiresAt,
      caller.sessionId,
    ]),
  )
  return { ...caller, expiresAt }
}

export async function endVisitorSession(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now' | 'presence'>,
  session: Pick<VisitorCaller, 'sessionId' | 'projectId' | 'visitorId' | 'verification'>,
  reason: EndReason,
): Promise<void> {
  const { projectId, sessionId } = session
  await tx.rows('update visitor_sessions set ended_at = ?, end_reason = ? where id = ? and ended_at is null', [
    model.now(),
    reason,
    sessionId,
  ])
  if (session.verification !== null) {
    await shortenVerification(tx, model.now(), 'id = ?', session.visitorId)
    await touchVisitorsConversations(tx, model, projectId, session.visitorId)
  }
  await recordSecurityEvent(tx, model, { kind: 'visitor_session_ended', projectId, subjectId: sessionId, reason })
}

/** SS6: ends whoever came in through a key; sockets are told by the security event that the caller records. */
export async function endSessionsOfKey(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  projectId: string,
  keyId: string,
): Promise<void> {
  const now = model.now()
  await tx.rows(
    `update visitor_sessions set ended_at = ?, end_reason = 'secret_revoked'
     where key_id = ? and ended_at is null and expires_at > ?`,
    [now, keyId, now],
  )
  // Not by the visitor's latest key alone: he may be verified through an earlier one that is still live.
  await shortenVerification(tx, now, 'id in (select visitor_id from visitor_sessions where key_id = ?)', keyId)
  await touchVisitorsOfKey(tx, model, projectId, keyId)
}

/** A visitor is "verified now" as long as his longest open verified session lasts (VS9). */
export async function shortenVerification(
  tx: Transaction,
  now: number,
  which: 'id = ?' | 'id in (select visitor_id from visitor_sessions where key_id = ?)',
  id: string,
) {
  await tx.rows(
    `update visitors set verified_until = coalesce((
       select max(s.expires_at) from visitor_sessions s
       where s.visitor_id = visitors.id and s.key_id is not null and s.ended_at is null and s.expires_at > ?
     ), ?) where ${which} and verified_until > ?`,
    [now, now, id, now],
  )
}

/** What the widget shows of its own visitor, and what waits for him. */
export async function describeVisitor(
  { database }: Pick<Model, 'database'>,
  visitorId: string,
  verified: boolean,
): Promise<{ visitor: VisitorSelf; conversations: number; unread: number }> {
  const [row] = await database.rows<Schema['visitors'] & { conversations: number; unread: number }>(
    `select v.*, (select count(*) from conversations c where c.visitor_id = v.id) as conversations,
       (select count(*) from conversations c join messages m on m.conversation_id = c.id
        where c.visitor_id = v.id and m.seq > c.visitor_read_seq and m.author_kind = 'agent') as unread
     from visitors v where v.id = ?`,
    [visitorId],
  )
  if (!row) throw new Error('A session without its visitor.')
  const visitor: VisitorSelf = { id: row.id, externalId: row.external_id, name: row.name, email: row.email, verified }
  return { visitor, conversations: row.conversations, unread: row.unread }
}
