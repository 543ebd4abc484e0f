/** Roles are changed and members leave (SS10); each takes effect at once, on open sockets too. */
import type { Role } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { recordAudit } from '../audit.ts'
import type { Member } from '../caller.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import { unassignAll } from '../conversation/change-record.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { withdrawInvitationsOf } from './invitation.ts'
import { requireStill } from './membership.ts'

/** He begins anew with what his new role sees. The last owner stays one: `last_owner`. */
export async function changeRole(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  actor: Member,
  agentId: string,
  role: Role,
  address: string,
): Promise<void> {
  await model.database.transaction(async (tx) => {
    // Two owners who remove each other at the same moment would leave none.
    await tx.alone(`members of ${actor.projectId}`)
    const before = await requireChangeable(tx, actor, agentId)
    if (role === 'owner') await requireStill(tx, actor, 'manageOwners')
    if (before === role) return
    if (before === 'owner') await requireAnotherOwner(tx, actor.projectId, agentId)
    const number = await nextNumber(tx, actor.projectId)
    await tx.query
      .updateTable('memberships')
      .set({ role, access_number: number })
      .where('project_id', '=', actor.projectId)
      .where('agent_id', '=', agentId)
      .execute()
    await withdrawInvitationsOf(tx, { projectId: actor.projectId, agentId }, role)
    publishOnCommit(tx, model.bus, actor.projectId, [{ kind: 'many', number, audience: 'agents' }])
    const detail = { agentId, before, after: role }
    await recordAudit(tx, model, { member: actor, action: 'role_changed', detail, address })
    await recordSecurityEvent(tx, model, { kind: 'membership_changed', projectId: actor.projectId, subjectId: agentId })
  })
}

/** Takes a member out; what was assigned to him goes back to everybody. */
export async function removeMember(
  model: Pick<Model, 'database' | 'bus' | 'presence' | 'now'>,
  actor: Member,
  agentId: string,
  address: string,
): Promise<void> {
  await model.database.transaction(async (tx) => {
    await tx.alone(`members of ${actor.projectId}`)
    const before = await requireChangeable(tx, actor, agentId)
    if (before === 'owner') await requireAnotherOwner(tx, actor.projectId, agentId)
    await tx.query
      .deleteFrom('memberships')
      .where('project_id', '=', actor.projectId)
      .where('agent_id', '=', agentId)
      .execute()
    await withdrawInvitationsOf(tx, { projectId: actor.projectId, agentId }, undefined)
    await unassignAll(tx, model, actor.projectId, agentId)
    await recordAudit(tx, model, { member: actor, action: 'member_removed', detail: { agentId, before }, address })
    await recordSecurityEvent(tx, model, { kind: 'membership_changed', projectId: actor.projectId, subjectId: agentId })
  })
}

async function requireChangeable(tx: Transaction, actor: Member, agentId: string): Promise<Role> {
  await requireStill(tx, actor, 'manageMembers')
  const row = await tx.query
    .selectFrom('memberships')
    .select('role')
    .where('project_id', '=', actor.projectId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  if (!row) throw new Refused('not_found', { field: 'agent' })
  if (row.role === 'owner') await requireStill(tx, actor, 'manageOwners')
  return row.role
}

/** SS10: a project always has an owner. */
async function requireAnotherOwner(tx: Transaction, projectId: string, agentId: string): Promise<void> {
  const other = await tx.query
    .selectFrom('memberships')
    .select('agent_id')
    .where('project_id', '=', projectId)
    .where('role', '=', 'owner')
    .where('agent_id', '!=', agentId)
    .executeTakeFirst()
  if (!other) throw new Refused('last_owner', { field: 'role' })
}
