import type { FastifyRequest } from 'fastify'
import { banVisitor, liftBan, listBans } from '../model/ban.ts'
import { requireMember } from '../model/membership.ts'
import { requireAgent } from './caller.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function banRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const memberFor = async (request: FastifyRequest, project: string) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, 'ban')

  route('GET /projects/:project/bans', async ({ params }, request) => ({
    bans: await listBans(model, await memberFor(request, params.project)),
  }))

  route('POST /projects/:project/bans', async ({ params, body }, request) =>
    banVisitor(model, await memberFor(request, params.project), body, request.ip),
  )

  route('DELETE /projects/:project/bans/:ban', async ({ params }, request) =>
    liftBan(model, await memberFor(request, params.project), params.ban, request.ip),
  )
}
