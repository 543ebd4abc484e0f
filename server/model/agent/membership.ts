import type { Member as MemberRecord, Membership, Role } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { type Action, mayDo, membershipOf, requireAction } from '../access.ts'
import type { AgentCaller, Member } from '../caller.ts'
import type { Model } from '../model.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'
import { personKey } from '../person.ts'
import type { Presence } from '../presence.ts'
import { findProject, projectFromRow } from '../project/project.ts'
import { Refused } from '../refused.ts'

/** The caller's membership in a project, if it allows the action. A stranger is not told that the project exists. */
export async function requireMember(
  model: Pick<Model, 'database'>,
  caller: AgentCaller,
  idOrLegacyId: string,
  action: Action,
): Promise<Member> {
  const project = await findProject(model, idOrLegacyId)
  const member = project && (await findMember(model, project.id, caller.agentId))
  if (!member) throw new Refused('not_found', { field: 'project' })
  requireAction(member, action)
  return member
}

/**
 * Inside a turn: since he asked he may have been removed, or have another role. Nobody changes that while the turn is
 * under way, and whoever does then finds what it has made.
 */
export async function requireStill(tx: Transaction, { projectId, agentId }: Member, action: Action): Promise<void> {
  const [row] = await tx.rows<{ role: Role }>(
    `select role from memberships where project_id = ? and agent_id = ? ${tx.holding}`,
    [projectId, agentId],
  )
  if (!row) throw new Refused('not_found', { field: 'project' })
  if (!mayDo(row.role, action)) throw new Refused('forbidden')
}

/** An agent in a project as he stands there now. */
export async function findMember(
  model: Pick<Model, 'database'>,
  projectId: string,
  agentId: string,
): Promise<Member | undefined> {
  const rows = await model.database.rows<{ role: Role; department_id: string | null }>(
    `select m.role, d.department_id from memberships m
       left join department_members d on d.project_id = m.project_id and d.agent_id = m.agent_id
     where m.project_id = ? and m.agent_id = ? order by d.department_id`,
    [projectId, agentId],
  )
  const [first] = rows
  if (!first) return undefined
  return { agentId, projectId, role: first.role, departmentIds: rows.flatMap((row) => row.department_id ?? []) }
}

/** The projects that he answers in, in the order in which he joined them. */
export async function listMemberships(model: Pick<Model, 'database'>, agentId: string): Promise<Membership[]> {
  const rows = await model.database.rows<Schema['projects'] & { role: Role }>(
    `select p.*, m.role from memberships m join projects p on p.id = m.project_id
     where m.agent_id = ? order by m.created_at, p.id`,
    [agentId],
  )
  return rows.map((row) => membershipOf(projectFromRow(row), row.role))
}

type Reading = Pick<Model, 'database' | 'presence'>

/** Everybody who answers in the project, with whether he is there. */
export async function listMembers(model: Reading, projectId: string): Promise<MemberRecord[]> {
  const rows = await membersOf(model, projectId).execute()
  return rows.map((row) => memberFromRow(row, projectId, model.presence))
}

/** A page of them, who has been there longest first. */
export async function readMembers(
  model: Reading,
  projectId: string,
  { page, limit }: PageQuery,
): Promise<{ members: MemberRecord[]; nextPage: string | null }> {
  const rows = await membersOf(model, projectId)
    .where(afterPage(page, { at: 'm.created_at', id: 'a.id', first: 'oldest' }))
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  return { members: shown.map((row) => memberFromRow(row, projectId, model.presence)), nextPage }
}

function membersOf({ database }: Reading, projectId: string) {
  return database.read
    .selectFrom('memberships as m')
    .innerJoin('agents as a', 'a.id', 'm.agent_id')
    .select(['a.id', 'a.name', 'a.email', 'm.role', 'm.created_at'])
    .where('m.project_id', '=', projectId)
    .orderBy('m.created_at')
    .orderBy('a.id')
}

function memberFromRow(
  row: { id: string; name: string; email: string; role: Role; created_at: number },
  projectId: string,
  presence: Presence,
): MemberRecord {
  return {
    agent: { id: row.id, name: row.name, email: row.email },
    role: row.role,
    joinedAt: row.created_at,
    online: presence.has(personKey({ kind: 'agent', projectId, id: row.id })),
  }
}
