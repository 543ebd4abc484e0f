import type { FastifyRequest } from 'fastify'
import type { Action } from '../../model/access.ts'
import { requireMember } from '../../model/agent/membership.ts'
import { readAuditLog } from '../../model/audit-log.ts'
import { readRefusals } from '../../model/sign-in/refusal.ts'
import { checkToken } from '../../model/sign-in/token-check.ts'
import { requireAgent } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function diagnosisRoutes(route: Route, { model, signInLog, publicUrl }: HttpParts): void {
  const memberFor = async (request: FastifyRequest, project: string, action: Action) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, action)

  route('POST /projects/:project/token-checks', async ({ params, body }, request) =>
    checkToken(model, await memberFor(request, params.project, 'explainSignIns'), body),
  )

  route('GET /projects/:project/sign-in-log', async ({ params, query }, request) => {
    const member = await memberFor(request, params.project, 'explainSignIns')
    // Who has just tried it wants to see it.
    await signInLog.writeAll()
    return readRefusals(model, member, { page: query.page, limit: readLimit(query.limit) })
  })

  route('GET /projects/:project/audit-log', async ({ params, query }, request) => {
    const member = await memberFor(request, params.project, 'readAuditLog')
    return readAuditLog(model, member, { page: query.page, limit: readLimit(query.limit) })
  })
}
