/** Visitor sessions: what a visitor holds after admission (VS1, VS2). Only the hash of the token is kept. */
import { hashSessionToken } from '../../../identity/session-token.ts'
import type { EndReason } from '../../../protocol/errors.ts'
import type { Verification, VisitorSelf } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import type { VisitorCaller } from '../caller.ts'
import { touchVisitorsConversations } from '../conversation/touch.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'
import { recordSecurityEvents, type SecurityEvent } from '../security.ts'

export const anonymousSessionMs = 180 * 86_400_000

export type SessionRow = Schema['visitor_sessions'] & { name: string | null }

/** By the token that his browser holds; undefined when the session is over. */
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

export const selectSession = 'select s.*, v.name from visitor_sessions s join visitors v on v.id = s.visitor_id'

export const isOpen = (row: SessionRow, now: number): boolean => row.ended_at === null && row.expires_at > now

export function callerFromRow(row: SessionRow): VisitorCaller {
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

/** Ends one session for this reason: its connections are told, on every node. */
export async function endVisitorSession(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now' | 'presence'>,
  session: ClosedSession,
  reason: EndReason,
): Promise<void> {
  await recordSecurityEvents(tx, model, [await closeVisitorSession(tx, model, session, reason)])
}

type ClosedSession = Pick<VisitorCaller, 'sessionId' | 'projectId' | 'visitorId' | 'verification'>

/** Gives the event by which connections are told; the caller records it, last of all. */
export async function closeVisitorSession(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now' | 'presence'>,
  { projectId, sessionId, visitorId, verification }: ClosedSession,
  reason: EndReason,
): Promise<SecurityEvent> {
  await tx.rows('update visitor_sessions set ended_at = ?, end_reason = ? where id = ? and ended_at is null', [
    model.now(),
    reason,
    sessionId,
  ])
  if (verification !== null) {
    await shortenVerification(tx, model.now(), visitorId)
    await touchVisitorsConversations(tx, model, projectId, visitorId)
  }
  return { kind: 'visitor_session_ended', projectId, subjectId: sessionId, reason }
}

/** A visitor is "verified now" as long as his longest open verified session lasts (VS9). */
export async function shortenVerification(tx: Transaction, now: number, visitorId: string): Promise<void> {
  await tx.rows(
    `update visitors set verified_until = coalesce((
       select max(s.expires_at) from visitor_sessions s
       where s.visitor_id = visitors.id and s.key_id is not null and s.ended_at is null and s.expires_at > ?
     ), ?) where id = ? and verified_until > ?`,
    [now, now, visitorId, now],
  )
}

/** What the widget shows of its own visitor, and what waits for him. */
export async function describeVisitor(
  { database }: Pick<Model, 'database'>,
  visitorId: string,
  verified: boolean,
): Promise<{ visitor: VisitorSelf; conversations: number; unread: number }> {
  const [row] = await database.rows<Schema['visitors'] & Counts>(
    `select v.*, ${counts} from visitors v where v.id = ?`,
    [visitorId],
  )
  if (!row) throw new Error('A session without its visitor.')
  const visitor: VisitorSelf = { id: row.id, externalId: row.external_id, name: row.name, email: row.email, verified }
  return { visitor, conversations: row.conversations, unread: row.unread }
}

interface Counts {
  conversations: number
  unread: number
}

/** What waits for each of them. */
export async function countForVisitors(tx: Transaction, visitorIds: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await forEach<Counts & { id: string }>(
    tx,
    selectCounts,
    visitorIds.map((id) => [id]),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const counts = `(select count(*) from conversations c where c.visitor_id = v.id) as conversations,
  (select count(*) from conversations c join messages m on m.conversation_id = c.id
   where c.visitor_id = v.id and m.seq > c.visitor_read_seq and m.author_kind = 'agent') as unread`

const selectCounts: ForEach = {
  sqlite: `select v.id, ${counts} from visitors v where v.id = ?`,
  postgres: `select v.id, ${counts} from unnest(?::text[]) as v (id)`,
}
