/** Whoever has the machine makes somebody an owner, with a new password; see bin/recover-owner. */
import { hashPassword } from '../../../identity/password.ts'
import { memoryBus } from '../../bus/bus.ts'
import type { Transaction } from '../../db/database.ts'
import { recordAudit } from '../audit.ts'
import { nextNumber } from '../change.ts'
import type { Model } from '../model.ts'
import { recordSecurityEvent } from '../security.ts'
import { emailKey, prepareAgent } from './agent.ts'

const from = 'bin/recover-owner'

/** Makes an owner without asking anybody: of who has that address, whose password it sets anew, or of somebody new. */
export async function makeOwner(
  { database, now }: Pick<Model, 'database' | 'now'>,
  projectId: string,
  { email, password }: { email: string; password: string },
): Promise<{ isNew: boolean }> {
  const [name = email] = email.split('@')
  const insert = await prepareAgent({ name, email, password })
  const passwordHash = await hashPassword(password)
  // The servers that run are other processes: they read the counter of such events every 300 ms.
  const model = { bus: memoryBus(), now }
  return database.transaction(async (tx) => {
    await tx.alone(`members of ${projectId}`)
    const known = await tx.query
      .selectFrom('agents')
      .select('id')
      .where('email_key', '=', emailKey(email))
      .executeTakeFirst()
    const agent = known ?? (await insert(tx, now()))
    await own(tx, model, projectId, agent.id)
    if (known) await lockOut(tx, model, agent.id, passwordHash)
    await recordSecurityEvent(tx, model, { kind: 'membership_changed', projectId, subjectId: agent.id })
    return { isNew: known === undefined }
  })
}

async function own(tx: Transaction, model: Pick<Model, 'now'>, projectId: string, agentId: string): Promise<void> {
  const number = await nextNumber(tx, projectId)
  const before = await tx.query
    .selectFrom('memberships')
    .select('role')
    .where('project_id', '=', projectId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  await tx.query
    .insertInto('memberships')
    .values({ project_id: projectId, agent_id: agentId, role: 'owner', created_at: model.now(), access_number: number })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'agent_id']).doUpdateSet({ role: 'owner', access_number: number }),
    )
    .execute()
  const made = before
    ? { action: 'role_changed' as const, detail: { agentId, before: before.role, after: 'owner' } }
    : { action: 'member_joined' as const, detail: { role: 'owner' } }
  await recordAudit(tx, model, { member: { projectId, agentId }, ...made, address: from })
}

/** Whoever knew the old password is out. */
async function lockOut(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  agentId: string,
  passwordHash: string,
): Promise<void> {
  await tx.query.updateTable('agents').set({ password_hash: passwordHash }).where('id', '=', agentId).execute()
  const ended = await tx.query.deleteFrom('agent_sessions').where('agent_id', '=', agentId).returning('id').execute()
  for (const { id } of ended) {
    await recordSecurityEvent(tx, model, { kind: 'agent_session_ended', projectId: null, subjectId: id })
  }
}
