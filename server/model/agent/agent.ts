import { hashPassword, verifyPassword, wasteTimeOnPassword } from '../../../identity/password.ts'
import type { Agent } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'

export interface NewAgent {
  name: string
  email: string
  password: string
}

/** Two spellings of one address are one account. */
export const emailKey = (email: string): string => email.trim().toLowerCase()

/** A new agent, ready to be inserted: the slow hashing is done outside of any transaction. */
export async function prepareAgent(agent: NewAgent): Promise<(tx: Transaction, now: number) => Promise<Agent>> {
  const passwordHash = await hashPassword(agent.password)
  return (tx, now) => insertAgent(tx, now, agent, passwordHash)
}

async function insertAgent(tx: Transaction, now: number, agent: NewAgent, passwordHash: string): Promise<Agent> {
  const email = agent.email.trim()
  const made: Agent = { id: newId(), name: agent.name.trim(), email }
  const row = await tx.query
    .insertInto('agents')
    .values({ ...made, email_key: emailKey(email), password_hash: passwordHash, created_at: now })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new Refused('email_taken', { field: 'email' })
  return made
}

/** Somebody who has said his password, and what it was held against. */
export interface Proven {
  agent: Agent
  passwordHash: string
}

/** The agent, if the password is his. An unknown e-mail takes as long as a wrong password. */
export async function checkPassword(model: Pick<Model, 'database'>, email: string, password: string): Promise<Proven> {
  const row = await model.database.read
    .selectFrom('agents')
    .select(['id', 'name', 'email', 'password_hash'])
    .where('email_key', '=', emailKey(email))
    .executeTakeFirst()
  if (!row) {
    await wasteTimeOnPassword(password)
    throw new Refused('wrong_credentials')
  }
  if (!(await verifyPassword(password, row.password_hash))) throw new Refused('wrong_credentials')
  return { agent: { id: row.id, name: row.name, email: row.email }, passwordHash: row.password_hash }
}

/**
 * In the turn that lets him in. Checking takes its time, and who sets a new password meanwhile shuts out whoever has the
 * old one: a session that is opened after that would be one that nothing ends.
 */
export async function requireStillHis(tx: Transaction, { agent, passwordHash }: Proven): Promise<void> {
  const same = await tx.rows(`select id from agents where id = ? and password_hash = ? ${tx.holding}`, [
    agent.id,
    passwordHash,
  ])
  if (same.length === 0) throw new Refused('wrong_credentials')
}
