/** Sessions that are opened and renewed, many at once (VS1, VS2). */
import { createSessionToken, hashSessionToken } from '../../../identity/session-token.ts'
import type { Verification } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { VisitorCaller } from '../caller.ts'
import { type ForEach, forEach } from '../for-each.ts'
import { newId } from '../id.ts'
import { callerFromRow, isOpen, type SessionRow, selectSession } from './session.ts'

export interface NewSession {
  projectId: string
  visitorId: string
  verification: Verification | null
  expiresAt: number
  /** Of an anonymous one, where it is opened from (VS15). */
  address?: string | undefined
  /** The anonymous visitor whose conversations it may take over (VS7). */
  carryOverFrom?: string | null
}

export interface Opened {
  id: string
  /** For its bearer alone. */
  token: string
}

/** Opens them inside the caller's turn. */
export async function openSessions(tx: Transaction, now: number, sessions: readonly NewSession[]): Promise<Opened[]> {
  const opened = sessions.map((session) => ({ session, id: newId(), ...createSessionToken() }))
  await forEach(
    tx,
    insert,
    opened.map(({ session: { verification, ...session }, id, hash }) => [
      ...[id, session.projectId, session.visitorId, hash],
      ...[verification?.keyId ?? null, verification?.issuedAt ?? null, verification?.verifiedAt ?? null],
      ...[now, session.expiresAt, session.address ?? null, session.carryOverFrom ?? null],
    ]),
  )
  return opened
}

/** Those of this project that are open, by their tokens. */
export async function findOpenSessions(
  tx: Transaction,
  now: number,
  projectId: string,
  tokens: readonly string[],
): Promise<Map<string, VisitorCaller>> {
  const byHash = new Map(tokens.map((token) => [hashSessionToken(token), token]))
  const rows = await forEach<SessionRow>(
    tx,
    select,
    [...byHash.keys()].map((hash) => [hash]),
  )
  const open = rows.filter((row) => row.project_id === projectId && isOpen(row, now))
  return new Map(open.map((row) => [byHash.get(row.token_hash) ?? '', callerFromRow(row)]))
}

export interface Renewal {
  id: string
  verification: Verification
  expiresAt: number
}

/** A fresh token for the very person who holds a session: it lives on, under the new verification. Gives those that had not just ended. */
export async function renewSessions(tx: Transaction, renewals: readonly Renewal[]): Promise<Set<string>> {
  const rows = await forEach<{ id: string }>(
    tx,
    renew,
    renewals.map(({ id, verification: { keyId, issuedAt, verifiedAt }, expiresAt }) => [
      ...[id, keyId],
      ...[issuedAt, verifiedAt, expiresAt],
    ]),
  )
  return new Set(rows.map((row) => row.id))
}

const columns = `id, project_id, visitor_id, token_hash, key_id, issued_at, verified_at, created_at, expires_at, address,
  carry_over_from`
const insert: ForEach = {
  sqlite: `insert into visitor_sessions (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  postgres: `insert into visitor_sessions (${columns}) select * from unnest(?::text[], ?::text[], ?::text[], ?::text[],
     ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])`,
}

const select: ForEach = {
  sqlite: `${selectSession} where s.token_hash = ?`,
  postgres: `${selectSession} where s.token_hash = any(?::text[])`,
}

const renew: ForEach = {
  sqlite: `update visitor_sessions set key_id = ?2, issued_at = ?3, verified_at = ?4, expires_at = ?5
     where id = ?1 and ended_at is null returning id`,
  postgres: `update visitor_sessions s set key_id = g.key_id, issued_at = g.issued_at, verified_at = g.verified_at,
       expires_at = g.expires_at
     from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
       as g (id, key_id, issued_at, verified_at, expires_at)
     where s.id = g.id and s.ended_at is null returning s.id`,
}
