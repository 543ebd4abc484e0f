import type { Transaction } from '../db/database.ts'
import type { ApiKeyCaller, Member } from './caller.ts'
import { newId } from './id.ts'

export interface AuditEntry {
  member: Pick<Member, 'projectId' | 'agentId'> | ApiKeyCaller
  action:
    | 'secret_generated'
    | 'secret_revoked'
    | 'secret_retired'
    | 'public_key_registered'
    | 'public_key_deleted'
    | 'project_changed'
    | 'member_invited'
    | 'invitation_withdrawn'
    | 'member_joined'
    | 'role_changed'
    | 'member_removed'
    | 'department_made'
    | 'department_changed'
    | 'department_deleted'
    | 'visitor_banned'
    | 'ban_lifted'
    | 'visitor_exported'
    | 'visitor_erased'
    | 'api_key_generated'
    | 'api_key_revoked'
    | 'webhook_added'
    | 'webhook_changed'
    | 'webhook_removed'
    | 'webhook_secret_rotated'
  detail: Record<string, unknown>
  /** The network address that the change was made from. */
  address: string
}

/** Writes down who changed what (SS9), in the transaction of the change. Never a secret. */
export async function recordAudit(tx: Transaction, { now }: { now(): number }, entry: AuditEntry): Promise<void> {
  const { member } = entry
  // With its name: of a key that is revoked nothing else is left.
  const key = 'kind' in member ? { apiKeyId: member.id, apiKeyName: member.name } : {}
  await tx.query
    .insertInto('audit_log')
    .values({
      id: newId(),
      project_id: member.projectId,
      agent_id: 'kind' in member ? null : member.agentId,
      action: entry.action,
      detail: JSON.stringify({ ...entry.detail, ...key }),
      address: entry.address,
      created_at: now(),
    })
    .execute()
}
