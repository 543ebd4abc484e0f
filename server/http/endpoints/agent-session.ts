import type { FastifyReply } from 'fastify'
import { checkPassword, emailKey } from '../../model/agent/agent.ts'
import { beginLogIn } from '../../model/agent/log-in-attempts.ts'
import { listMemberships } from '../../model/agent/membership.ts'
import { agentSessionMs, endAgentSession, endReplacedSession, openAgentSession } from '../../model/agent/session.ts'
import { Refused } from '../../model/refused.ts'
import { addressKey } from '../address-key.ts'
import { agentCookie, fromDashboard, requireAgent } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function agentSessionRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  route('POST /agent-session', async ({ body }, request, reply) => {
    if (request.headers.origin !== undefined && !fromDashboard(request.headers, publicUrl())) {
      throw new Refused('origin_not_allowed')
    }
    // Counted before the slow check, so that many tries at the same moment are many tries.
    const succeeded = await beginLogIn(model, emailKey(body.email), addressKey(request.ip))
    const proven = await checkPassword(model, body.email, body.password)
    const cookie = await openAgentSession(model, proven)
    await succeeded()
    await endReplacedSession(model, request.cookies[agentCookie])
    setAgentCookie(reply, cookie, publicUrl())
    const { agent } = proven
    return { agent, memberships: await listMemberships(model, agent.id) }
  })

  route('DELETE /agent-session', async (_input, request, reply) => {
    const caller = await requireAgent(model, request, publicUrl())
    await endAgentSession(model, caller.sessionId)
    reply.clearCookie(agentCookie, { path: '/' })
  })

  route('GET /me', async (_input, request) => {
    const { agentId, name, email } = await requireAgent(model, request, publicUrl())
    return { agent: { id: agentId, name, email }, memberships: await listMemberships(model, agentId) }
  })
}

export function setAgentCookie(reply: FastifyReply, value: string, publicUrl: string): void {
  reply.setCookie(agentCookie, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    maxAge: agentSessionMs / 1000,
  })
}
