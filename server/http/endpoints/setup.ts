import type { FastifyRequest } from 'fastify'
import { setUp, setupNeeded } from '../../model/agent/setup.ts'
import { withEtag } from '../../model/etag.ts'
import { Refused } from '../../model/refused.ts'
import { fromDashboard } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { setAgentCookie } from './agent-session.ts'

export function setupRoutes(route: Route, { model, mailing, publicUrl }: HttpParts): void {
  route('GET /setup', async (_input, request) => ({
    needed: await setupNeeded(model),
    codeRequired: !fromThisMachine(request),
    mail: mailing !== undefined,
  }))

  route('POST /setup', async ({ body }, request, reply) => {
    // A website open in the owner's browser must not become the owner first.
    if (!fromDashboard(request.headers, publicUrl()) && request.headers.origin !== undefined) {
      throw new Refused('origin_not_allowed')
    }
    const { agent, project, cookie } = await setUp(model, body, !fromThisMachine(request))
    setAgentCookie(reply, cookie, publicUrl())
    return { agent, project: withEtag(project) }
  })
}

const forwardingHeader = /^(forwarded|via|x-real-ip|x-forwarded-.+|cf-connecting-ip|true-client-ip)$/

/**
 * Loopback, and no proxy in between that would make everybody look like this machine (AG1). The name in Host must be
 * this machine's, too: a website whose own name points to 127.0.0.1 could otherwise set up in the owner's place.
 */
function fromThisMachine(request: FastifyRequest): boolean {
  const { headers } = request
  const forwarded = Object.keys(headers).some((name) => forwardingHeader.test(name))
  const address = request.socket.remoteAddress ?? ''
  const local = address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
  return local && !forwarded && /^(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?$/.test(headers.host ?? '')
}
