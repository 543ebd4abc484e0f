import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Site } from '../model/project/origin.ts'
import { agentCookie, fromDashboard, siteOf } from './caller.ts'

/** What the request that opens a socket says of whoever sends it. */
export function readHandshake(
  http: Pick<FastifyInstance, 'parseCookie'>,
  headers: IncomingHttpHeaders,
  publicUrl: string,
): { site: Site; agentToken: string | undefined } {
  return {
    site: siteOf(headers, publicUrl),
    // A socket that another website opens brings the cookie along; it does not count.
    agentToken: fromDashboard(headers, publicUrl) ? http.parseCookie(headers.cookie ?? '')[agentCookie] : undefined,
  }
}
