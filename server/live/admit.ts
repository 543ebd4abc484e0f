/** Who says hello: a visitor by the session in the frame, or an agent by the dashboard's cookie. */
import { type EndReason, endReasons } from '../../protocol/errors.ts'
import type { HelloFrame, Self } from '../../protocol/frames.ts'
import type { Author, Project } from '../../protocol/records.ts'
import { findMember } from '../model/agent/membership.ts'
import { findAgentCaller } from '../model/agent/session.ts'
import type { AgentCaller } from '../model/caller.ts'
import type { Reader } from '../model/changes-since.ts'
import type { Writer } from '../model/message/append.ts'
import type { Model } from '../model/model.ts'
import { isAllowed, type Site } from '../model/project/origin.ts'
import { findProject } from '../model/project/project.ts'
import { Refused } from '../model/refused.ts'
import { admitsSession } from '../model/sign-in/enforcement.ts'
import { describeVisitor, endReasonOf, findVisitorCaller, keepAnonymousSession } from '../model/visitor/session.ts'

/** What the upgrade request said, before any frame. */
export interface Handshake {
  site: Site
  /** The agent's cookie, if the dashboard itself is asking (HT2). */
  agentToken: string | undefined
}

export interface Admitted {
  projectId: string
  reader: Reader
  /** The agent behind the reader, for his name and his session. */
  agent: AgentCaller | undefined
}

/** A session that is over, with the reason for the `ended` frame. */
export class SessionEnded extends Error {
  override name = 'SessionEnded'
  readonly reason: EndReason

  constructor(reason: EndReason) {
    super(endReasons[reason])
    this.reason = reason
  }
}

type Looking = Pick<Model, 'database' | 'now'>

export async function admit(model: Looking, hello: HelloFrame, handshake: Handshake): Promise<Admitted> {
  const project = await findProject(model, hello.project)
  if (!project) throw new Refused('not_found', { field: 'project' })
  if (hello.session === undefined) return admitAgent(model, project.id, handshake)
  if (!isAllowed(project, handshake.site)) throw new Refused('origin_not_allowed')
  return admitVisitor(model, project, hello.session)
}

async function admitVisitor(model: Looking, project: Project, session: string): Promise<Admitted> {
  const caller = await findVisitorCaller(model, session)
  if (!caller) throw new SessionEnded(await endReasonOf(model, session))
  // A session of one project is nothing in another, and that project is not told that it exists.
  if (caller.projectId !== project.id) throw new SessionEnded('session_unknown')
  if (!admitsSession(project, caller)) throw new SessionEnded('authentication_required')
  return {
    projectId: project.id,
    reader: { kind: 'visitor', caller: await keepAnonymousSession(model, caller) },
    agent: undefined,
  }
}

async function admitAgent(model: Looking, projectId: string, { agentToken }: Handshake): Promise<Admitted> {
  const agent = agentToken === undefined ? undefined : await findAgentCaller(model, agentToken)
  if (!agent) throw new Refused('not_signed_in')
  const member = await findMember(model, projectId, agent.agentId)
  if (!member) throw new Refused('not_found', { field: 'project' })
  return { projectId, reader: { kind: 'agent', member }, agent }
}

export async function describeSelf(model: Looking, { reader, agent }: Admitted): Promise<Self> {
  if (reader.kind === 'visitor') {
    const { visitorId, verification } = reader.caller
    const { visitor } = await describeVisitor(model, visitorId, verification !== null)
    return { kind: 'visitor', visitor }
  }
  const { agentId: id, name = '', email = '' } = agent ?? { agentId: reader.member.agentId }
  return { kind: 'agent', agent: { id, name, email }, role: reader.member.role }
}

export function authorOf({ reader, agent }: Partial<Admitted> = {}): Author {
  if (reader?.kind === 'visitor') return { kind: 'visitor', id: reader.caller.visitorId, name: reader.caller.name }
  return { kind: 'agent', id: agent?.agentId ?? null, name: agent?.name ?? null }
}

export function writerOf(reader: Reader, { agent }: Partial<Admitted> = {}): Writer {
  return reader.kind === 'visitor' ? reader : { ...reader, name: agent?.name ?? '' }
}
