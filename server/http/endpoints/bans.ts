import type { FastifyRequest } from 'fastify'
import { banVisitor, liftBan, listBans } from '../../model/visitor/ban.ts'
import { requireActor } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function banRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const actorFor = (request: FastifyRequest, project: string) =>
    requireActor(model, request, publicUrl(), project, 'ban')

  route('GET /projects/:project/bans', async ({ params, query }, request) => {
    const page = { page: query.page, limit: readLimit(query.limit, 200) }
    return listBans(model, await actorFor(request, params.project), page)
  })

  route('POST /projects/:project/bans', async ({ params, body }, request) =>
    banVisitor(model, await actorFor(request, params.project), body, request.ip),
  )

  route('DELETE /projects/:project/bans/:ban', async ({ params }, request) =>
    liftBan(model, await actorFor(request, params.project), params.ban, request.ip),
  )
}
