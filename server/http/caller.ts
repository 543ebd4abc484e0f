/**
 * Whoever a request comes from: one request, one caller (HT2). With an Authorization header the cookie is ignored.
 * The cookie counts only when the browser says that the dashboard itself is asking; otherwise another website could
 * act in the name of an agent who looks at it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Project } from '../../protocol/records.ts'
import { findAgentCaller } from '../model/agent-session.ts'
import type { AgentCaller, Caller, VisitorCaller } from '../model/caller.ts'
import { admitsSession } from '../model/enforcement.ts'
import type { Model } from '../model/model.ts'
import { isAllowed, type Site } from '../model/origin.ts'
import { requireProject } from '../model/project.ts'
import { Refused } from '../model/refused.ts'
import { endReasonOf, findVisitorCaller } from '../model/visitor-session.ts'

export interface Asking {
  headers: IncomingHttpHeaders
  cookies: Record<string, string | undefined>
}

export const agentCookie = 'signet_agent'

type Looking = Pick<Model, 'database' | 'now'>

export async function requireCaller(model: Looking, asking: Asking, publicUrl: string): Promise<Caller> {
  return asking.headers.authorization === undefined
    ? requireAgent(model, asking, publicUrl)
    : requireVisitor(model, asking, publicUrl)
}

export async function requireVisitor(
  model: Looking,
  { headers }: Pick<Asking, 'headers'>,
  publicUrl: string,
): Promise<VisitorCaller> {
  const [, token] = headers.authorization?.match(/^Bearer ([A-Za-z0-9_-]{20,100})$/i) ?? []
  const caller = token && (await findVisitorCaller(model, token))
  if (!caller) throw new Refused(token && (await endReasonOf(model, token)) === 'banned' ? 'banned' : 'session_ended')
  const project = await requireProject(model, caller.projectId)
  if (!admitsSession(project, caller)) throw new Refused('session_ended')
  requireOrigin(project, headers, publicUrl)
  return caller
}

/** A site's backend says its key where a visitor says his session. */
export function apiKeyFrom(headers: IncomingHttpHeaders): string {
  const [, key] = headers.authorization?.match(/^Bearer (sga_[A-Za-z0-9_-]{20,100})$/i) ?? []
  if (!key) throw new Refused('api_key_unknown')
  return key
}

export async function requireAgent(model: Looking, asking: Asking, publicUrl: string): Promise<AgentCaller> {
  if (asking.headers.authorization !== undefined || !fromDashboard(asking.headers, publicUrl)) {
    throw new Refused('not_signed_in')
  }
  const cookie = asking.cookies[agentCookie]
  const caller = cookie && (await findAgentCaller(model, cookie))
  if (!caller) throw new Refused('not_signed_in')
  return caller
}

/** Origin where the browser sends one; else Sec-Fetch-Site, which it sends for plain GETs too. */
export function fromDashboard(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  if (headers.origin !== undefined) return headers.origin === publicUrl || headers.origin === ownOrigin(headers)
  const site = headers['sec-fetch-site']
  return site === 'same-origin' || site === 'none'
}

/** The dashboard may be opened under another name of this host than PUBLIC_URL's, such as 127.0.0.1. */
function ownOrigin(headers: IncomingHttpHeaders): string | undefined {
  return headers.host && `http://${headers.host}`
}

/** VS11, for whatever a visitor's browser calls. */
export function requireOrigin(
  project: Pick<Project, 'allowedOrigins'>,
  headers: IncomingHttpHeaders,
  publicUrl: string,
): void {
  if (!isAllowed(project, siteOf(headers, publicUrl))) throw new Refused('origin_not_allowed')
}

/** A page of our own sends no Origin with a plain GET, and over http no Sec-Fetch-Site either: then it is the Referer. */
export function siteOf(headers: IncomingHttpHeaders, publicUrl: string): Site {
  const { origin, referer } = headers
  if (origin !== undefined) return { origin, own: fromDashboard(headers, publicUrl) }
  const site = headers['sec-fetch-site']
  if (site !== undefined) return { origin, own: site === 'same-origin' }
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
  return { origin, own: from !== undefined && fromDashboard({ ...headers, origin: from }, publicUrl) }
}
