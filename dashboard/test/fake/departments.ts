/** Departments, for looking at. */
import type { Department } from '../../../protocol/records.ts'
import type { Handler } from './answers.ts'
import { id, joan, me } from './people.ts'

export function makeDepartments(): Department[] {
  return [
    { id: id('41'), name: 'Orders and delivery', legacyId: '5f2b1c9a7d', agentIds: [me.id, joan.id] },
    { id: id('42'), name: 'Returns', legacyId: null, agentIds: [joan.id] },
    {
      id: id('43'),
      name: `Wholesale, ${'and everything that belongs to it '.repeat(3)}`,
      legacyId: null,
      agentIds: [],
    },
  ]
}

export const departmentAnswers: Record<string, Handler> = {
  'GET /projects/*/departments': ({ administration: { departments } }) => ({ departments }),
  'POST /projects/*/departments': ({ administration: { departments } }, _, body) => {
    if (departments.some(({ name }) => name === body.name)) return taken
    const made = { id: id('44'), legacyId: null, agentIds: [], ...body, name: String(body.name) }
    departments.push(made)
    return made
  },
  'PATCH /projects/*/departments/*': ({ administration: { departments } }, key, body) => {
    const found = departments.find((each) => each.id === key.split('/').at(-1))
    return { status: 200, value: found && Object.assign(found, body) }
  },
  'DELETE /projects/*/departments/*': ({ administration }, key) => {
    administration.departments = administration.departments.filter((each) => each.id !== key.split('/').at(-1))
    return { status: 204 }
  },
}

const taken = {
  status: 409,
  value: {
    error: { code: 'department_taken', message: 'Another department has this name or this legacy id.', field: 'name' },
  },
}
