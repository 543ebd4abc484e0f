/**
 * Who may do what: the only home of every permission question (AG7, SS10).
 * ARCHITECTURE.md shows the same as a table.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Membership, Project, Role } from '../../protocol/records.ts'
import type { Member } from './caller.ts'
import { Refused } from './refused.ts'

/** Everything that a role is asked for; conversations have a question of their own below. */
const rolesByAction = {
  readProject: ['owner', 'admin', 'agent'],
  readMembers: ['owner', 'admin', 'agent'],
  changeProject: ['owner', 'admin'],
  manageKeys: ['owner', 'admin'],
  explainSignIns: ['owner', 'admin'],
  readAuditLog: ['owner', 'admin'],
  manageMembers: ['owner', 'admin'],
  // Whom exactly, ban.ts asks: visitors whose conversations he sees.
  ban: ['owner', 'admin', 'agent'],
  manageOwners: ['owner'],
  seeEveryConversation: ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof rolesByAction

export function mayDo(role: Role, action: Action): boolean {
  const roles: readonly Role[] = rolesByAction[action]
  return roles.includes(role)
}

export function requireAction(member: Member, action: Action): void {
  if (!mayDo(member.role, action)) throw new Refused('forbidden')
}

/** A project as this role may know it: what guards the chat is for those who administer it (SS10). */
export function membershipOf(project: Project, role: Role): Membership {
  if (role !== 'agent') return { project, role }
  const { id, name, widget, createdAt } = project
  return { project: { id, name, widget, createdAt }, role }
}

/** What decides who may see a conversation. */
export interface ConversationFacts {
  id: string
  visitorId: string
  assigneeId: string | null
}

/** An `agent` sees what is unassigned and what is his own; owners and admins see all. */
export function maySee(
  member: Pick<Member, 'agentId' | 'role'>,
  conversation: Pick<ConversationFacts, 'assigneeId'>,
): boolean {
  if (mayDo(member.role, 'seeEveryConversation')) return true
  return conversation.assigneeId === null || conversation.assigneeId === member.agentId
}

/** The same question as `maySee`, for a query on `conversations as c`. */
export function inSightOf(member: Pick<Member, 'agentId' | 'role'>): RawBuilder<boolean> {
  if (mayDo(member.role, 'seeEveryConversation')) return sql<boolean>`1 = 1`
  return sql<boolean>`(c.assignee_id is null or c.assignee_id = ${member.agentId})`
}
