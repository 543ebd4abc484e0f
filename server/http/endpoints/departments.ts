import type { FastifyRequest } from 'fastify'
import type { Action } from '../../model/access.ts'
import { listDepartments } from '../../model/agent/department.ts'
import { changeDepartment, createDepartment, deleteDepartment } from '../../model/agent/department-change.ts'
import { departmentWithEtag } from '../../model/etag.ts'
import { requireActor } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { tag, versionMeant } from '../version.ts'

export function departmentRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const actorFor = (request: FastifyRequest, project: string, action: Action) =>
    requireActor(model, request, publicUrl(), project, action)

  route('GET /projects/:project/departments', async ({ params }, request) => {
    const { projectId } = await actorFor(request, params.project, 'readDepartments')
    return { departments: (await listDepartments(model, projectId)).map(departmentWithEtag) }
  })

  route('POST /projects/:project/departments', async ({ params, body }, request) =>
    createDepartment(model, await actorFor(request, params.project, 'manageDepartments'), body, request.ip),
  )

  route('PATCH /projects/:project/departments/:department', async ({ params, body }, request, reply) => {
    const actor = await actorFor(request, params.project, 'manageDepartments')
    const changed = await changeDepartment(model, actor, params.department, body, request.ip, versionMeant(request))
    tag(reply, changed.etag)
    return changed
  })

  route('DELETE /projects/:project/departments/:department', async ({ params }, request) => {
    const actor = await actorFor(request, params.project, 'manageDepartments')
    await deleteDepartment(model, actor, params.department, request.ip, versionMeant(request))
  })
}
