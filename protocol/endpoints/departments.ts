/** Departments: which agents answer what. */
import Type from 'typebox'
import { Department, Id, Nullable } from '../records.ts'
import { closed, type Endpoint, Nothing, object, ProjectName, ProjectParams } from './parts.ts'

const LegacyId = Nullable(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }))
const AgentIds = Type.Array(Id, { maxItems: 500 })
const DepartmentParams = object({ project: Id, department: Id })

export const departmentEndpoints = {
  'GET /projects/:project/departments': {
    summary: 'The departments, by name',
    caller: 'agent',
    scope: 'project:read',
    params: ProjectParams,
    status: 200,
    answer: object({ departments: Type.Array(Department) }),
  },
  'POST /projects/:project/departments': {
    summary: 'Make a department',
    caller: 'agent',
    forAdmins: true,
    scope: 'departments:write',
    params: ProjectParams,
    body: object({ name: ProjectName, legacyId: Type.Optional(LegacyId), agentIds: Type.Optional(AgentIds) }),
    status: 201,
    refusals: ['department_taken', 'too_many_departments'],
    answer: Department,
  },
  'PATCH /projects/:project/departments/:department': {
    summary: 'Change its name, its legacy id, or who is in it; whoever is in it sees its conversations from now on',
    caller: 'agent',
    forAdmins: true,
    scope: 'departments:write',
    params: DepartmentParams,
    body: Type.Partial(object({ name: ProjectName, legacyId: LegacyId, agentIds: AgentIds }), closed),
    status: 200,
    versioned: true,
    refusals: ['department_taken'],
    answer: Department,
  },
  'DELETE /projects/:project/departments/:department': {
    summary: 'Delete a department; its conversations stay, without one',
    caller: 'agent',
    forAdmins: true,
    scope: 'departments:write',
    params: DepartmentParams,
    status: 204,
    versioned: true,
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
