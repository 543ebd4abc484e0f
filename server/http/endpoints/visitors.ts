import type { FastifyRequest } from 'fastify'
import type { Action } from '../../model/access.ts'
import { deleteFiles } from '../../model/attachment/deletion.ts'
import { erasePerson, eraseVisitor } from '../../model/privacy/erasure.ts'
import { exportVisitor } from '../../model/privacy/visitor-export.ts'
import { countPerson, countVisitor } from '../../model/privacy/visitor-holdings.ts'
import { requireActor, requireBackend } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function visitorRoutes(route: Route, { model, files, publicUrl }: HttpParts): void {
  const actorFor = (request: FastifyRequest, project: string, action: Action) =>
    requireActor(model, request, publicUrl(), project, action)
  // Sooner than housekeeping would; what does not work out now, that does.
  const deleteFilesOfErased = () => void deleteFiles(model, files, 1_000).catch(() => {})

  route('GET /projects/:project/visitors', async ({ params, query }, request) => {
    const actor = await actorFor(request, params.project, 'readVisitors')
    const found = await countPerson(model, actor, query.externalId)
    return { visitors: found ? [found] : [] }
  })

  route('GET /projects/:project/visitors/:visitor', async ({ params }, request) => {
    const actor = await actorFor(request, params.project, 'readVisitors')
    return countVisitor(model, actor, params.visitor)
  })

  route('GET /projects/:project/visitors/:visitor/export', async ({ params, query }, request) => {
    const actor = await actorFor(request, params.project, 'exportVisitors')
    return exportVisitor(model, actor, params.visitor, query.page, request.ip)
  })

  route('DELETE /projects/:project/visitors/:visitor', async ({ params }, request) => {
    const actor = await actorFor(request, params.project, 'eraseVisitors')
    await eraseVisitor(model, actor, params.visitor, request.ip)
    deleteFilesOfErased()
  })

  route('DELETE /projects/:project/visitors', async ({ params, query }, request) => {
    const caller = await requireBackend(model, request, params.project, 'eraseVisitors')
    const erased = await erasePerson(model, caller, query.externalId, request.ip)
    deleteFilesOfErased()
    return { erased }
  })
}
