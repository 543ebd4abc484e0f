import { createSessionToken } from '../../../identity/session-token.ts'
import type { Invitation, Role } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { mayDo, requireAction } from '../access.ts'
import { recordAudit } from '../audit.ts'
import type { Member } from '../caller.ts'
import { newId } from '../id.ts'
import { mailInvitation } from '../mail/invitation.ts'
import type { Mailing } from '../mail/mail.ts'
import type { Model } from '../model.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'
import { Refused } from '../refused.ts'
import { emailKey } from './agent.ts'
import { requireStill } from './membership.ts'

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
    if (!mailing) return false
    const { projectId, name } = actor
    return mailInvitation(tx, model, mailing, { projectId, name, to: email, token, goodForMs: invitationMs })
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
