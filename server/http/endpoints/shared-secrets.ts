import type { FastifyRequest } from 'fastify'
import { requireMember } from '../../model/agent/membership.ts'
import { generateSecret, listSecrets, retireSecret, revokeSecret } from '../../model/signing-key/shared-secret.ts'
import { requireAgent } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function sharedSecretRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const keyMaster = async (request: FastifyRequest, project: string) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, 'manageKeys')

  route('GET /projects/:project/shared-secrets', async ({ params }, request) => ({
    sharedSecrets: await listSecrets(model, await keyMaster(request, params.project)),
  }))

  route('POST /projects/:project/shared-secrets', async ({ params, body }, request, reply) => {
    const member = await keyMaster(request, params.project)
    reply.header('cache-control', 'no-store')
    return generateSecret(model, member, body, request.ip)
  })

  route('POST /projects/:project/shared-secrets/:key/revoke', async ({ params }, request) =>
    revokeSecret(model, await keyMaster(request, params.project), params.key, request.ip),
  )

  route('POST /projects/:project/shared-secrets/:key/retire', async ({ params, body }, request) =>
    retireSecret(model, await keyMaster(request, params.project), params.key, body.graceSeconds, request.ip),
  )
}
