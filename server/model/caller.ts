import type { ApiScope } from '../../protocol/admin-records.ts'
import type { Role, Verification } from '../../protocol/records.ts'

/** An admitted visitor: one live session. */
export interface VisitorCaller {
  kind: 'visitor'
  sessionId: string
  projectId: string
  visitorId: string
  name: string | null
  verification: Verification | null
  expiresAt: number
}

/** A signed-in agent. What he may do in a project, his membership says (access.ts). */
export interface AgentCaller {
  kind: 'agent'
  sessionId: string
  agentId: string
  name: string
  email: string
  expiresAt: number
}

export type Caller = VisitorCaller | AgentCaller

/** A site's backend, by one of its project's API keys. */
export interface ApiKeyCaller {
  kind: 'api key'
  id: string
  name: string
  projectId: string
  scopes: readonly ApiScope[]
}

/** An agent inside one project. */
export interface Member {
  agentId: string
  projectId: string
  role: Role
  /** The departments of the project that he is in. */
  departmentIds: readonly string[]
}

/** Whoever acts in a project beside its visitors: an agent by his membership, or a backend by an API key. */
export type Actor = Member | ApiKeyCaller

export function isApiKey(actor: Actor): actor is ApiKeyCaller {
  return 'kind' in actor
}

/** As whom he writes: an agent, or the key itself, so that a message of one is never taken for another's (DL1). */
export function authorIdOf(actor: Actor): string {
  return isApiKey(actor) ? actor.id : actor.agentId
}
