import type { FastifyRequest } from 'fastify'
import type { Action } from '../model/access.ts'
import { requireApiKey } from '../model/api-key.ts'
import { erasePerson, eraseVisitor } from '../model/erasure.ts'
import { requireMember } from '../model/membership.ts'
import { findProject } from '../model/project.ts'
import { Refused } from '../model/refused.ts'
import { exportVisitor } from '../model/visitor-export.ts'
import { countPerson, countVisitor } from '../model/visitor-holdings.ts'
import { apiKeyFrom, requireAgent } from './caller.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function visitorRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const memberFor = async (request: FastifyRequest, project: string, action: Action) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, action)

  route('GET /projects/:project/visitors', async ({ params, query }, request) => {
    const member = await memberFor(request, params.project, 'eraseVisitors')
    const found = await countPerson(model, member, query.externalId)
    return { visitors: found ? [found] : [] }
  })

  route('GET /projects/:project/visitors/:visitor', async ({ params }, request) => {
    const member = await memberFor(request, params.project, 'eraseVisitors')
    return countVisitor(model, member, params.visitor)
  })

  route('GET /projects/:project/visitors/:visitor/export', async ({ params, query }, request) => {
    const member = await memberFor(request, params.project, 'exportVisitors')
    return exportVisitor(model, member, params.visitor, query.page, request.ip)
  })

  route('DELETE /projects/:project/visitors/:visitor', async ({ params }, request) => {
    const member = await memberFor(request, params.project, 'eraseVisitors')
    await eraseVisitor(model, member, params.visitor, request.ip)
  })

  route('DELETE /projects/:project/visitors', async ({ params, query }, request) => {
    const caller = await requireApiKey(model, apiKeyFrom(request.headers), 'visitors:erase')
    const project = await findProject(model, params.project)
    // To a key of another project this one does not exist.
    if (project?.id !== caller.projectId) throw new Refused('not_found', { field: 'project' })
    return { erased: await erasePerson(model, caller, query.externalId, request.ip) }
  })
}
