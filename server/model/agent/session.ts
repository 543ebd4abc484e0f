import { createSessionToken, hashSessionToken } from '../../../identity/session-token.ts'
import type { Transaction } from '../../db/database.ts'
import type { AgentCaller } from '../caller.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { recordSecurityEvent } from '../security.ts'
import { type Proven, requireStillHis } from './agent.ts'

export const agentSessionMs = 14 * 86_400_000

/** Opens a session and gives the cookie's value; only its hash is kept. */
export async function openAgentSession(model: Pick<Model, 'database' | 'now'>, proven: Proven): Promise<string> {
  return model.database.transaction(async (tx) => {
    await requireStillHis(tx, proven)
    return insertAgentSession(tx, model.now(), proven.agent.id)
  })
}

/** Inside the turn that has proved who he is. His sessions that are over go. */
export async function insertAgentSession(tx: Transaction, now: number, agentId: string): Promise<string> {
  const { token, hash } = createSessionToken()
  await tx.query.deleteFrom('agent_sessions').where('agent_id', '=', agentId).where('expires_at', '<=', now).execute()
  await tx.query
    .insertInto('agent_sessions')
    .values({ id: newId(), agent_id: agentId, token_hash: hash, created_at: now, expires_at: now + agentSessionMs })
    .execute()
  return token
}

/** By the cookie's value; undefined when the session is over. */
export function findAgentCaller(
  model: Pick<Model, 'database' | 'now'>,
  token: string,
): Promise<AgentCaller | undefined> {
  return findCaller(model, 's.token_hash = ?', hashSessionToken(token))
}

/** The session as it is now: for what was given to it a while ago. */
export function reloadAgentCaller(
  model: Pick<Model, 'database' | 'now'>,
  sessionId: string,
): Promise<AgentCaller | undefined> {
  return findCaller(model, 's.id = ?', sessionId)
}

async function findCaller(
  model: Pick<Model, 'database' | 'now'>,
  which: 's.token_hash = ?' | 's.id = ?',
  value: string,
): Promise<AgentCaller | undefined> {
  type Row = { id: string; agent_id: string; expires_at: number; name: string; email: string }
  const [row] = await model.database.rows<Row>(
    `select s.id, s.agent_id, s.expires_at, a.name, a.email from agent_sessions s join agents a on a.id = s.agent_id
     where ${which} and s.expires_at > ?`,
    [value, model.now()],
  )
  if (!row) return undefined
  const { name, email } = row
  return { kind: 'agent', sessionId: row.id, agentId: row.agent_id, name, email, expiresAt: row.expires_at }
}

/** Signs out: its connections end, on every node. */
export async function endAgentSession(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  sessionId: string,
): Promise<void> {
  await model.database.transaction(async (tx) => {
    await tx.query.deleteFrom('agent_sessions').where('id', '=', sessionId).execute()
    await recordSecurityEvent(tx, model, { kind: 'agent_session_ended', projectId: null, subjectId: sessionId })
  })
}

/** The session that a browser held before it got another one: it would live on where nobody can end it. */
export async function endReplacedSession(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  token: string | undefined,
): Promise<void> {
  const replaced = token === undefined ? undefined : await findAgentCaller(model, token)
  if (replaced) await endAgentSession(model, replaced.sessionId)
}
