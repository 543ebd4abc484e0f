import type { FastifyRequest } from 'fastify'
import { generateApiKey, listApiKeys, requireApiKey, revokeApiKey } from '../model/api-key.ts'
import { requireMember } from '../model/membership.ts'
import { findProject } from '../model/project.ts'
import { Refused } from '../model/refused.ts'
import { signOutEverywhere } from '../model/visitor-sign-out.ts'
import { apiKeyFrom, requireAgent } from './caller.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function apiKeyRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const keyMaster = async (request: FastifyRequest, project: string) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, 'manageKeys')

  route('GET /projects/:project/api-keys', async ({ params }, request) => ({
    apiKeys: await listApiKeys(model, await keyMaster(request, params.project)),
  }))

  route('POST /projects/:project/api-keys', async ({ params, body }, request) =>
    generateApiKey(model, await keyMaster(request, params.project), body, request.ip),
  )

  route('DELETE /projects/:project/api-keys/:key', async ({ params }, request) =>
    revokeApiKey(model, await keyMaster(request, params.project), params.key, request.ip),
  )

  route('DELETE /projects/:project/visitor-sessions', async ({ params, query }, request) => {
    const caller = await requireApiKey(model, apiKeyFrom(request.headers), 'visitors:sign_out')
    const project = await findProject(model, params.project)
    // To a key of another project this one does not exist.
    if (project?.id !== caller.projectId) throw new Refused('not_found', { field: 'project' })
    return { ended: await signOutEverywhere(model, project.id, query.externalId) }
  })
}
