import type { FastifyRequest } from 'fastify'
import { requireMember } from '../../model/agent/membership.ts'
import { deletePublicKey, listPublicKeys, registerPublicKey } from '../../model/signing-key/public-key.ts'
import { requireAgent } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function publicKeyRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const keyMaster = async (request: FastifyRequest, project: string) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, 'manageKeys')

  route('GET /projects/:project/public-keys', async ({ params }, request) => ({
    publicKeys: await listPublicKeys(model, await keyMaster(request, params.project)),
  }))

  route('POST /projects/:project/public-keys', async ({ params, body }, request) =>
    registerPublicKey(model, await keyMaster(request, params.project), body, request.ip),
  )

  route('DELETE /projects/:project/public-keys/:key', async ({ params }, request) =>
    deletePublicKey(model, await keyMaster(request, params.project), params.key, request.ip),
  )
}
