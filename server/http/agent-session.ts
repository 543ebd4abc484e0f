import type { FastifyReply } from 'fastify'
import { checkPassword, emailKey } from '../model/agent.ts'
import { agentSessionMs, endAgentSession, openAgentSession } from '../model/agent-session.ts'
import { listMemberships } from '../model/membership.ts'
import { Refused } from '../model/refused.ts'
import { Attempts, addressKey } from './attempts.ts'
import { agentCookie, fromDashboard, requireAgent } from './caller.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function agentSessionRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const attempts = new Attempts({ free: 5, firstMs: 1_000, longestMs: 15 * 60_000, now: model.now })

  route('POST /agent-session', async ({ body }, request, reply) => {
    if (request.headers.origin !== undefined && !fromDashboard(request.headers, publicUrl())) {
      throw new Refused('origin_not_allowed')
    }
    const names = [`account ${emailKey(body.email)}`, `address ${addressKey(request.ip)}`] as const
    attempts.require(...names)
    // Counted before the slow check, so that many tries at the same moment are many tries.
    attempts.refused(...names)
    const agent = await checkPassword(model, body.email, body.password)
    for (const name of names) attempts.succeeded(name)
    setAgentCookie(reply, await openAgentSession(model, agent.id), publicUrl())
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
