import { createSessionToken, hashSessionToken } from '../../../identity/session-token.ts'
import type { Invitation, Role } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { mayDo, requireAction } from '../access.ts'
import { recordAudit } from '../audit.ts'
import type { AgentCaller, Member } from '../caller.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import { newId } from '../id.ts'
import { mailInvitation } from '../mail/invitation.ts'
import type { Mailing } from '../mail/mail.ts'
import type { Model } from '../model.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { checkPassword, emailKey, prepareAgent, requireStillHis } from './agent.ts'
import { requireStill } from './membership.ts'
import { insertAgentSession } from './session.ts'

const invitationMs = 7 * 86_400_000

/** Invites somebody; `token` goes into the link and is kept only as a hash. */
export async function invite(
  model: Pick<Model, 'database' | 'bus' | 'masterKey' | 'now'>,
  actor: Member & { name: string },
  invited: { email: string; role: Role },
  address: string,
  mailing?: Mailing | undefined,
): Promise<Invitation & { token: string; mailed: boolean }> {
  requireAction(actor, 'manageMembers')
  if (invited.role === 'owner') requireAction(actor, 'manageOwners')
  const { token, hash } = createSessionToken()
  const now = model.now()
  const id = newId()
  const email = invited.email.trim()
  const mailed = await model.database.transaction(async (tx) => {
    await requireStill(tx, actor, invited.role === 'owner' ? 'manageOwners' : 'manageMembers')
    await requireNoMember(tx, actor.projectId, email)
    await tx.query
      .insertInto('invitations')
      .values({
        id,
        project_id: actor.projectId,
        email,
        role: invited.role,
        token_hash: hash,
        invited_by: actor.agentId,
        created_at: now,
        expires_at: now + invitationMs,
      })
      .execute()
    const detail = { email, role: invited.role }
    await recordAudit(tx, model, { member: actor, action: 'member_invited', detail, address })
    return mailing ? mailInvitation(tx, model, mailing, actor, email, token) : false
  })
  const invitedBy = { id: actor.agentId, name: actor.name }
  return { id, email, role: invited.role, invitedBy, createdAt: now, expiresAt: now + invitationMs, token, mailed }
}

async function requireNoMember(tx: Transaction, projectId: string, email: string): Promise<void> {
  const member = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('agents as a', 'a.id', 'm.agent_id')
    .select('a.id')
    .where('m.project_id', '=', projectId)
    .where('a.email_key', '=', emailKey(email))
    .executeTakeFirst()
  if (member) throw new Refused('already_member', { field: 'email' })
}

/** Those that can still be accepted, the latest first. */
export async function listInvitations(
  model: Pick<Model, 'database' | 'now'>,
  projectId: string,
  { page, limit }: PageQuery,
): Promise<{ invitations: Invitation[]; nextPage: string | null }> {
  const rows = await model.database.read
    .selectFrom('invitations as i')
    .innerJoin('agents as a', 'a.id', 'i.invited_by')
    .select(['i.id', 'i.email', 'i.role', 'i.invited_by', 'a.name', 'i.created_at', 'i.expires_at'])
    .where('i.project_id', '=', projectId)
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', model.now())
    .where(afterPage(page, { at: 'i.created_at', id: 'i.id', first: 'latest' }))
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  return { invitations: shown.map(invitationFromRow), nextPage }
}

function invitationFromRow(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: { id: row.invited_by, name: row.name },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

interface InvitationRow {
  id: string
  email: string
  role: Role
  invited_by: string
  name: string
  created_at: number
  expires_at: number
}

/** Its link is good for nothing from now on. */
export async function withdrawInvitation(
  model: Pick<Model, 'database' | 'now'>,
  actor: Member,
  id: string,
  address: string,
): Promise<void> {
  requireAction(actor, 'manageMembers')
  await model.database.transaction(async (tx) => {
    const gone = await tx.query
      .deleteFrom('invitations')
      .where('id', '=', id)
      .where('project_id', '=', actor.projectId)
      .where('accepted_at', 'is', null)
      .returning('email')
      .executeTakeFirst()
    if (!gone) throw new Refused('not_found', { field: 'invitation' })
    await recordAudit(tx, model, {
      member: actor,
      action: 'invitation_withdrawn',
      detail: { email: gone.email },
      address,
    })
  })
}

/** Of somebody who may no longer invite like that: by a link that he has kept he would be back, under another name. */
export async function withdrawInvitationsOf(
  tx: Transaction,
  { projectId, agentId }: Pick<Member, 'projectId' | 'agentId'>,
  role: Role | undefined,
): Promise<void> {
  if (role && mayDo(role, 'manageOwners')) return
  let open = tx.query
    .deleteFrom('invitations')
    .where('project_id', '=', projectId)
    .where('invited_by', '=', agentId)
    .where('accepted_at', 'is', null)
  if (role && mayDo(role, 'manageMembers')) open = open.where('role', '=', 'owner')
  await open.execute()
}

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
