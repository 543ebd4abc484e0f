/**
 * Whoever a request comes from: one request, one caller (HT2). With an Authorization header the cookie is ignored.
 * The cookie counts only when the browser says that the dashboard itself is asking; otherwise another website could
 * act in the name of an agent who looks at it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Project } from '../../protocol/records.ts'
import { type Action, requireAction } from '../model/access.ts'
import { requireMember } from '../model/agent/membership.ts'
import { findAgentCaller } from '../model/agent/session.ts'
import { requireApiKey } from '../model/api-key.ts'
import type { Actor, AgentCaller, ApiKeyCaller, Caller, VisitorCaller } from '../model/caller.ts'
import type { Model } from '../model/model.ts'
import { isAllowed, type Site } from '../model/project/origin.ts'
import { findProject, requireProject } from '../model/project/project.ts'
import { Refused } from '../model/refused.ts'
import { admitsSession } from '../model/sign-in/enforcement.ts'
import { endReasonOf, findVisitorCaller } from '../model/visitor/session.ts'

export interface Asking {
  headers: IncomingHttpHeaders
  cookies: Record<string, string | undefined>
  /** See budget.ts. */
  spend(caller: { id: string }): void
}

export const agentCookie = 'signet_agent'

type Looking = Pick<Model, 'database' | 'now'>

/** For what a visitor, an agent and a site's backend may all do. */
export async function requireAnyCaller(
  model: Looking,
  asking: Asking,
  publicUrl: string,
  action: Action,
): Promise<Caller | ApiKeyCaller> {
  return apiKeyIn(asking) === undefined ? requireCaller(model, asking, publicUrl) : requireKey(model, asking, action)
}

/** For what agents do, and an API key with the scope for it. */
export async function requireAgentOrKey(
  model: Looking,
  asking: Asking,
  publicUrl: string,
  action: Action,
): Promise<AgentCaller | ApiKeyCaller> {
  return apiKeyIn(asking) === undefined ? requireAgent(model, asking, publicUrl) : requireKey(model, asking, action)
}

/** As whom he acts in this project: by a membership that allows it, or as a key of the project. */
export async function requireActor(
  model: Looking,
  asking: Asking,
  publicUrl: string,
  idOrLegacyId: string,
  action: Action,
): Promise<Actor> {
  const caller = await requireAgentOrKey(model, asking, publicUrl, action)
  if (caller.kind === 'agent') return requireMember(model, caller, idOrLegacyId, action)
  return requireOwnProject(model, caller, idOrLegacyId)
}

/** For what no agent does: by external id, as only the site's backend knows people. */
export async function requireBackend(
  model: Looking,
  asking: Asking,
  idOrLegacyId: string,
  action: Action,
): Promise<ApiKeyCaller> {
  return requireOwnProject(model, await requireKey(model, asking, action), idOrLegacyId)
}

/** A site's backend says its key where a visitor says his session. */
async function requireKey(model: Looking, asking: Asking, action: Action): Promise<ApiKeyCaller> {
  const key = apiKeyIn(asking)
  if (!key) throw new Refused('api_key_unknown')
  const caller = await requireApiKey(model, key)
  asking.spend(caller)
  requireAction(caller, action)
  return caller
}

function apiKeyIn({ headers }: Pick<Asking, 'headers'>): string | undefined {
  return headers.authorization?.match(/^Bearer (sga_[A-Za-z0-9_-]{20,100})$/i)?.[1]
}

async function requireOwnProject(model: Looking, key: ApiKeyCaller, idOrLegacyId: string): Promise<ApiKeyCaller> {
  const project = await findProject(model, idOrLegacyId)
  // To a key of another project this one does not exist.
  if (project?.id !== key.projectId) throw new Refused('not_found', { field: 'project' })
  return key
}

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

export async function requireAgent(model: Looking, asking: Asking, publicUrl: string): Promise<AgentCaller> {
  if (asking.headers.authorization !== undefined || !fromDashboard(asking.headers, publicUrl)) {
    throw new Refused('not_signed_in')
  }
  const cookie = asking.cookies[agentCookie]
  const caller = cookie && (await findAgentCaller(model, cookie))
  if (!caller) throw new Refused('not_signed_in')
  asking.spend({ id: caller.agentId })
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
