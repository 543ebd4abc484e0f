/** The other side of an invitation: what its link shows, and how somebody joins by it. */
import { hashSessionToken } from '../../../identity/session-token.ts'
import type { Role } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { recordAudit } from '../audit.ts'
import type { AgentCaller } from '../caller.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { checkPassword, emailKey, prepareAgent, requireStillHis } from './agent.ts'
import { insertAgentSession } from './session.ts'

export interface OpenInvitation {
  id: string
  projectId: string
  projectName: string
  email: string
  role: Role
  hasAccount: boolean
}

/** What the page behind the link shows; `invitation_expired` once it is used, withdrawn or 7 days old. */
export async function previewInvitation(
  model: Pick<Model, 'database' | 'now'>,
  token: string,
): Promise<OpenInvitation> {
  const row = await model.database.read
    .selectFrom('invitations as i')
    .innerJoin('projects as p', 'p.id', 'i.project_id')
    .select(['i.id', 'i.project_id', 'i.email', 'i.role', 'p.name'])
    .where('i.token_hash', '=', hashSessionToken(token))
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', model.now())
    .executeTakeFirst()
  if (!row) throw new Refused('invitation_expired', { field: 'token' })
  const account = await model.database.read
    .selectFrom('agents')
    .select('id')
    .where('email_key', '=', emailKey(row.email))
    .executeTakeFirst()
  return {
    id: row.id,
    projectId: row.project_id,
    projectName: row.name,
    email: row.email,
    role: row.role,
    hasAccount: account !== undefined,
  }
}

/** Joins, once (HT2): who has an account proves it by its password, a newcomer chooses name and password. */
export async function acceptInvitation(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  token: string,
  answer: { name?: string | undefined; password: string },
  address: string,
): Promise<{ agent: Pick<AgentCaller, 'agentId' | 'name' | 'email'>; cookie: string }> {
  const invitation = await previewInvitation(model, token)
  const { email } = invitation
  const newcomer = invitation.hasAccount ? undefined : await newcomerFrom(email, answer)
  const known = newcomer ? undefined : await checkPassword(model, email, answer.password)
  return model.database.transaction(async (tx) => {
    const now = model.now()
    await useUp(tx, invitation.id, now)
    if (known) await requireStillHis(tx, known)
    const agent = known?.agent ?? (await newcomer?.(tx, now))
    if (!agent) throw new Refused('internal_error')
    await join(tx, model, invitation, agent.id, address)
    const cookie = await insertAgentSession(tx, now, agent.id)
    return { agent: { agentId: agent.id, name: agent.name, email: agent.email }, cookie }
  })
}

async function newcomerFrom(email: string, answer: { name?: string | undefined; password: string }) {
  if (!answer.name) throw new Refused('invalid_request', { field: 'name' })
  return prepareAgent({ name: answer.name, email, password: answer.password })
}

async function useUp(tx: Transaction, id: string, now: number): Promise<void> {
  const used = await tx.query
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!used) throw new Refused('invitation_expired', { field: 'token' })
}

async function join(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  invitation: OpenInvitation,
  agentId: string,
  address: string,
): Promise<void> {
  const { projectId, role } = invitation
  const number = await nextNumber(tx, projectId)
  await tx.query
    .insertInto('memberships')
    .values({ project_id: projectId, agent_id: agentId, role, created_at: model.now(), access_number: number })
    // Somebody who is in already keeps the role he has.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience: 'agents' }])
  await recordAudit(tx, model, { member: { projectId, agentId }, action: 'member_joined', detail: { role }, address })
  await recordSecurityEvent(tx, model, { kind: 'membership_changed', projectId, subjectId: agentId })
}
