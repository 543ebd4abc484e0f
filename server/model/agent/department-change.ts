/**
 * Departments are made, changed and deleted. Who is in one sees its conversations (AG7): whoever comes or goes sees
 * otherwise from that number on, and begins anew, as after a change of his role.
 */
import type { Department } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { recordAudit } from '../audit.ts'
import type { Actor } from '../caller.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import { departmentWithEtag, requireEtag } from '../etag.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { listDepartments } from './department.ts'

type Changing = Pick<Model, 'database' | 'bus' | 'now'>

export interface DepartmentChanges {
  name?: string
  legacyId?: string | null
  agentIds?: string[]
}

const maxDepartments = 50

/** `too_many_departments` beyond 50; `department_taken` for a name or a legacy id that another has. */
export async function createDepartment(
  model: Changing,
  actor: Actor,
  { name, legacyId = null, agentIds = [] }: DepartmentChanges & { name: string },
  address: string,
): Promise<Department> {
  const { projectId } = actor
  return model.database.transaction(async (tx) => {
    const others = await lockDepartments(tx, projectId)
    if (others.length >= maxDepartments) throw new Refused('too_many_departments')
    const department = { id: newId(), name: name.trim(), legacyId, agentIds: [...new Set(agentIds)] }
    requireFree(others, department)
    const { id } = department
    const names = { name: department.name, name_key: keyOf(name), legacy_id: legacyId }
    await tx.query
      .insertInto('departments')
      .values({ id, project_id: projectId, ...names, created_at: model.now() })
      .execute()
    await setMembers(tx, projectId, department)
    await recordAudit(tx, model, { member: actor, action: 'department_made', detail: department, address })
    await tell(tx, model, projectId, await nextNumber(tx, projectId), 'agents', department.agentIds)
    return departmentWithEtag(department)
  })
}

/** What is left out stays. `meant` is the ETag that he has before his eyes: `changed_meanwhile` if it is old. */
export async function changeDepartment(
  model: Changing,
  actor: Actor,
  id: string,
  changes: DepartmentChanges,
  address: string,
  meant?: string,
): Promise<Department & { etag: string }> {
  const { projectId } = actor
  return model.database.transaction(async (tx) => {
    const all = await lockDepartments(tx, projectId)
    const before = all.find((department) => department.id === id)
    if (!before) throw new Refused('not_found', { field: 'department' })
    requireEtag(meant, departmentWithEtag(before).etag)
    const after = changed(before, changes)
    requireFree(
      all.filter((department) => department !== before),
      after,
    )
    const names = { name: after.name, name_key: keyOf(after.name), legacy_id: after.legacyId }
    await tx.query.updateTable('departments').set(names).where('id', '=', id).execute()
    if (changes.agentIds) await setMembers(tx, projectId, after)
    await recordAudit(tx, model, { member: actor, action: 'department_changed', detail: { before, after }, address })
    const number = await nextNumber(tx, projectId)
    const isRenamed = after.name !== before.name
    if (isRenamed) await touchConversations(tx, projectId, id, number, {})
    const moved = difference(before.agentIds, after.agentIds)
    await tell(tx, model, projectId, number, isRenamed ? 'everybody' : 'agents', moved)
    return departmentWithEtag(after)
  })
}

/** Its conversations stay, without a department. `meant` as for a change. */
export async function deleteDepartment(
  model: Changing,
  actor: Actor,
  id: string,
  address: string,
  meant?: string,
): Promise<void> {
  const { projectId } = actor
  await model.database.transaction(async (tx) => {
    const before = (await lockDepartments(tx, projectId)).find((department) => department.id === id)
    if (!before) throw new Refused('not_found', { field: 'department' })
    requireEtag(meant, departmentWithEtag(before).etag)
    const number = await nextNumber(tx, projectId)
    await touchConversations(tx, projectId, id, number, { department_id: null })
    await tx.query.deleteFrom('department_members').where('department_id', '=', id).execute()
    await tx.query.deleteFrom('departments').where('id', '=', id).execute()
    await recordAudit(tx, model, { member: actor, action: 'department_deleted', detail: { ...before }, address })
    await tell(tx, model, projectId, number, 'everybody', before.agentIds)
  })
}

/** What there is, which nobody else changes until this turn is over; nor does a member leave meanwhile. */
async function lockDepartments(tx: Transaction, projectId: string): Promise<Department[]> {
  await tx.alone(`members of ${projectId}`)
  return listDepartments({ database: tx }, projectId)
}

function changed(before: Department, { name = before.name, legacyId, agentIds }: DepartmentChanges): Department {
  return {
    id: before.id,
    name: name.trim(),
    legacyId: legacyId === undefined ? before.legacyId : legacyId,
    agentIds: [...new Set(agentIds ?? before.agentIds)],
  }
}

const keyOf = (name: string): string => name.trim().toLowerCase()

function requireFree(others: Department[], { name, legacyId }: Department): void {
  if (others.some((other) => keyOf(other.name) === keyOf(name)))
    throw new Refused('department_taken', { field: 'name' })
  // Also not the id of another: a page that names it must find one.
  const named = others.some((other) => legacyId !== null && [other.legacyId, other.id].includes(legacyId))
  if (named) throw new Refused('department_taken', { field: 'legacyId' })
}

async function setMembers(tx: Transaction, projectId: string, { id, agentIds }: Department): Promise<void> {
  const rows = await tx.query.selectFrom('memberships').select('agent_id').where('project_id', '=', projectId).execute()
  const members = new Set(rows.map((row) => row.agent_id))
  if (!agentIds.every((agentId) => members.has(agentId))) throw new Refused('not_found', { field: 'agentIds' })
  await tx.query.deleteFrom('department_members').where('department_id', '=', id).execute()
  if (agentIds.length === 0) return
  await tx.query
    .insertInto('department_members')
    .values(agentIds.map((agentId) => ({ department_id: id, project_id: projectId, agent_id: agentId })))
    .execute()
}

/** Its name stands in the conversations that are its own, for their visitors, too. */
async function touchConversations(
  tx: Transaction,
  projectId: string,
  id: string,
  number: number,
  columns: { department_id?: null },
): Promise<void> {
  await tx.query
    .updateTable('conversations')
    .set({ ...columns, change_number: number, record_number: number })
    .where('project_id', '=', projectId)
    .where('department_id', '=', id)
    .execute()
}

/** Everybody who is connected reads the log; these agents see otherwise from now on. */
async function tell(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  projectId: string,
  number: number,
  audience: 'agents' | 'everybody',
  agentIds: string[],
): Promise<void> {
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience }])
  if (agentIds.length === 0) return
  await tx.query
    .updateTable('memberships')
    .set({ access_number: number })
    .where('project_id', '=', projectId)
    .where('agent_id', 'in', agentIds)
    .execute()
  for (const subjectId of agentIds) {
    await recordSecurityEvent(tx, model, { kind: 'membership_changed', projectId, subjectId })
  }
}

const difference = (some: string[], others: string[]): string[] => [
  ...some.filter((each) => !others.includes(each)),
  ...others.filter((each) => !some.includes(each)),
]
