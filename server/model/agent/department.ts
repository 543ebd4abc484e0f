import type { Department } from '../../../protocol/records.ts'
import type { Database } from '../../db/database.ts'

/** The departments of a project, by name. */
export async function listDepartments(
  { database }: { database: Pick<Database, 'rows'> },
  projectId: string,
): Promise<Department[]> {
  const rows = await database.rows<{ id: string; name: string; legacy_id: string | null; agent_id: string | null }>(
    `select d.id, d.name, d.legacy_id, m.agent_id from departments d
       left join department_members m on m.department_id = d.id
     where d.project_id = ? order by d.name_key, d.id, m.agent_id`,
    [projectId],
  )
  const departments = new Map<string, Department>()
  for (const { id, name, legacy_id: legacyId, agent_id: agentId } of rows) {
    const department = departments.get(id) ?? { id, name, legacyId, agentIds: [] }
    if (agentId !== null) department.agentIds.push(agentId)
    departments.set(id, department)
  }
  return [...departments.values()]
}
