/** The tables of who answers what; see schema.ts. */

export interface DepartmentTable {
  id: string
  project_id: string
  name: string
  /** In lower case: two that differ in case alone would be one to people. */
  name_key: string
  legacy_id: string | null
  created_at: number
}

export interface DepartmentMemberTable {
  department_id: string
  project_id: string
  agent_id: string
}
