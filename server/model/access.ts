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
  manageWebhooks: ['owner', 'admin'],
  explainSignIns: ['owner', 'admin'],
  readAuditLog: ['owner', 'admin'],
  manageMembers: ['owner', 'admin'],
  readDepartments: ['owner', 'admin', 'agent'],
  manageDepartments: ['owner', 'admin'],
  // Whom exactly, ban.ts asks: visitors whose conversations he sees.
  ban: ['owner', 'admin', 'agent'],
  exportVisitors: ['owner', 'admin'],
  eraseVisitors: ['owner', 'admin'],
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
  departmentId: string | null
}

type Seeing = Pick<Member, 'agentId' | 'role' | 'departmentIds'>

/** An `agent` sees what is unassigned, what is his departments', and what is his own; owners and admins see all. */
export function maySee(member: Seeing, conversation: Pick<ConversationFacts, 'assigneeId' | 'departmentId'>): boolean {
  if (mayDo(member.role, 'seeEveryConversation')) return true
  const { assigneeId, departmentId } = conversation
  if (assigneeId === null || assigneeId === member.agentId) return true
  return departmentId !== null && member.departmentIds.includes(departmentId)
}

/** The same question as `maySee`, for a query on `conversations as c`. */
export function inSightOf(member: Seeing): RawBuilder<boolean> {
  if (mayDo(member.role, 'seeEveryConversation')) return sql<boolean>`1 = 1`
  const own = sql<boolean>`c.assignee_id is null or c.assignee_id = ${member.agentId}`
  if (member.departmentIds.length === 0) return sql<boolean>`(${own})`
  return sql<boolean>`(${own} or c.department_id in (${sql.join(member.departmentIds)}))`
}
