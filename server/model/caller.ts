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
  projectId: string
}

/** An agent inside one project. */
export interface Member {
  agentId: string
  projectId: string
  role: Role
  /** The departments of the project that he is in. */
  departmentIds: readonly string[]
}
