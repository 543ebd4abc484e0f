/** What an owner should know before he requires signing in (VS10): does it work, and whom would it shut out? */
import type { Project } from '../../../protocol/records.ts'
import type { Database, Transaction } from '../../db/database.ts'
import type { VisitorCaller } from '../caller.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { anonymousSessionMs } from '../visitor/session.ts'

const days = 7
const spanMs = days * 86_400_000

export interface EnforcementNumbers {
  lastSignInAt: number | null
  days: number
  signedIn: number
  anonymous: number
}

/** Each is one range of an index that holds all that is asked. */
export const enforcementCounts = {
  signedIn: `select count(*) as count from visitor_sessions
     where project_id = ? and key_id is not null and verified_at > ?`,
  anonymous: `select count(*) as count from visitor_sessions
     where project_id = ? and key_id is null and expires_at > ?`,
}

export async function countForEnforcement(
  { database, now }: Pick<Model, 'database' | 'now'>,
  projectId: string,
): Promise<EnforcementNumbers> {
  const since = now() - spanMs
  const [[signedIn], [anonymous], lastSignInAt] = await Promise.all([
    database.rows<{ count: number }>(enforcementCounts.signedIn, [projectId, since]),
    // When it was last in use, its end tells: so long before.
    database.rows<{ count: number }>(enforcementCounts.anonymous, [projectId, since + anonymousSessionMs]),
    lastSignIn(database, projectId),
  ])
  return { lastSignInAt, days, signedIn: signedIn?.count ?? 0, anonymous: anonymous?.count ?? 0 }
}

/** Asked of open sessions too: one may have been opened at the very moment when the others were ended. */
export function admitsSession(
  { enforcement }: Pick<Project, 'enforcement'>,
  { verification }: Pick<VisitorCaller, 'verification'>,
): boolean {
  return enforcement !== 'required' || verification !== null
}

/** Whoever requires what nobody has managed yet shuts everybody out. */
export async function requireRecentSignIn(tx: Transaction, { now }: Pick<Model, 'now'>, projectId: string) {
  const last = await lastSignIn(tx, projectId)
  if (last === null || last <= now() - spanMs) throw new Refused('no_recent_sign_in', { field: 'enforcement' })
}

async function lastSignIn(reader: Pick<Database, 'rows'>, projectId: string): Promise<number | null> {
  const [row] = await reader.rows<{ last: number | null }>(
    'select max(verified_at) as last from visitor_sessions where project_id = ? and key_id is not null',
    [projectId],
  )
  return row?.last ?? null
}
