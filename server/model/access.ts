/**
 * Who may do what: the only home of every permission question (AG7, SS10), of agents by their role and of API keys by
 * their scopes (VS6). ARCHITECTURE.md shows the same as a table.
 */
import { type RawBuilder, sql } from 'kysely'
import type { ApiScope } from '../../protocol/admin-records.ts'
import type { Membership, Project, ProjectFace, Role } from '../../protocol/records.ts'
import { type Actor, type ApiKeyCaller, isApiKey, type Member } from './caller.ts'
import { withEtag } from './etag.ts'
import { Refused } from './refused.ts'

/** Everything that a role is asked for; conversations have a question of their own below. */
const rolesByAction = {
  readProject: ['owner', 'admin', 'agent'],
  readMembers: ['owner', 'admin', 'agent'],
  // Which ones, `maySee` says.
  readConversations: ['owner', 'admin', 'agent'],
  changeConversations: ['owner', 'admin', 'agent'],
  changeProject: ['owner', 'admin'],
  manageKeys: ['owner', 'admin'],
  manageWebhooks: ['owner', 'admin'],
  explainSignIns: ['owner', 'admin'],
  readAuditLog: ['owner', 'admin'],
  readReports: ['owner', 'admin'],
  manageMembers: ['owner', 'admin'],
  readDepartments: ['owner', 'admin', 'agent'],
  manageDepartments: ['owner', 'admin'],
  // Whom exactly, visitor/ban.ts asks: visitors whose conversations he sees.
  ban: ['owner', 'admin', 'agent'],
  signOutVisitors: ['owner', 'admin'],
  readVisitors: ['owner', 'admin'],
  exportVisitors: ['owner', 'admin'],
  eraseVisitors: ['owner', 'admin'],
  manageOwners: ['owner'],
  seeEveryConversation: ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof rolesByAction

/**
 * With which scope an API key may do the same. What is not here no key may do: whatever lets others in or guards the
 * doors (members, roles, keys, enforcement, origins, webhooks) wants a person who is signed in.
 */
const scopeByAction: { [A in Action]?: ApiScope } = {
  readProject: 'project:read',
  readMembers: 'project:read',
  readDepartments: 'project:read',
  manageDepartments: 'departments:write',
  readConversations: 'conversations:read',
  changeConversations: 'conversations:write',
  ban: 'visitors:ban',
  signOutVisitors: 'visitors:sign_out',
  readVisitors: 'visitors:read',
  exportVisitors: 'visitors:export',
  eraseVisitors: 'visitors:erase',
  readReports: 'reports:read',
}

/** By the table above. */
export function mayDo(role: Role, action: Action): boolean {
  const roles: readonly Role[] = rolesByAction[action]
  return roles.includes(role)
}

/** `forbidden` for whom his role does not allow it, and for an API key without its scope. */
export function requireAction(actor: Actor, action: Action): void {
  if (!isApiKey(actor)) {
    if (!mayDo(actor.role, action)) throw new Refused('forbidden')
    return
  }
  const scope = scopeByAction[action]
  if (scope === undefined) throw new Refused('forbidden', { message: 'No API key may do this.' })
  if (!actor.scopes.includes(scope)) {
    throw new Refused('forbidden', { message: `This API key lacks the scope ${scope}.` })
  }
}

/** A project as this role may know it: what guards the chat is for those who administer it (SS10). */
export function membershipOf(project: Project, role: Role): Membership {
  return role === 'agent' ? { project: faceOf(project), role } : { project: withEtag(project), role }
}

/** All of a project, or its face alone? */
export function seesSettings(actor: Actor): boolean {
  return !isApiKey(actor) && actor.role !== 'agent'
}

/** As agents and API keys know it. */
export function faceOf({ id, name, widget, createdAt }: Project): ProjectFace {
  return { id, name, widget, createdAt }
}

/** What decides who may see a conversation. */
export interface ConversationFacts {
  id: string
  visitorId: string
  assigneeId: string | null
  departmentId: string | null
}

type Seeing = Pick<Member, 'agentId' | 'role' | 'departmentIds'> | ApiKeyCaller

/** An `agent` sees what is unassigned, his departments' and his own; owners, admins and API keys see all. */
export function maySee(member: Seeing, conversation: Pick<ConversationFacts, 'assigneeId' | 'departmentId'>): boolean {
  if ('kind' in member || mayDo(member.role, 'seeEveryConversation')) return true
  const { assigneeId, departmentId } = conversation
  if (assigneeId === null || assigneeId === member.agentId) return true
  return departmentId !== null && member.departmentIds.includes(departmentId)
}

/** The same question as `maySee`, for a query on `conversations as c`. */
export function inSightOf(member: Seeing): RawBuilder<boolean> {
  if ('kind' in member || mayDo(member.role, 'seeEveryConversation')) return sql<boolean>`1 = 1`
  const own = sql<boolean>`c.assignee_id is null or c.assignee_id = ${member.agentId}`
  if (member.departmentIds.length === 0) return sql<boolean>`(${own})`
  return sql<boolean>`(${own} or c.department_id in (${sql.join(member.departmentIds)}))`
}
