import type { FastifyRequest } from 'fastify'
import { requireMember } from '../../model/agent/membership.ts'
import { generateApiKey, listApiKeys, revokeApiKey } from '../../model/api-key.ts'
import { signOutEverywhere } from '../../model/visitor/sign-out.ts'
import { requireAgent, requireBackend } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

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
    const { projectId } = await requireBackend(model, request, params.project, 'signOutVisitors')
    return { ended: await signOutEverywhere(model, projectId, query.externalId) }
  })
}
