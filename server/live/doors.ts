/** Security events on open connections: who may no longer be here is told why and closed (SS6, VS16). */
import { isDeepStrictEqual } from 'node:util'
import { type EndReason, endReasons } from '../../protocol/errors.ts'
import { findMember } from '../model/agent/membership.ts'
import { isAllowed } from '../model/project/origin.ts'
import { findProject } from '../model/project/project.ts'
import { Refused } from '../model/refused.ts'
import type { SecurityEvent } from '../model/security.ts'
import { admitsSession } from '../model/sign-in/enforcement.ts'
import { endReasonOfSession, reloadVisitorCaller } from '../model/visitor/session.ts'
import type { LiveParts } from './parts.ts'
import type { LiveSocket } from './socket.ts'

const endedAtOnce = 500

export async function applySecurityEvent(
  parts: Pick<LiveParts, 'model' | 'registry'>,
  event: SecurityEvent,
): Promise<void> {
  const { registry } = parts
  switch (event.kind) {
    case 'keys_changed':
      return
    case 'key_revoked':
      return endAll(
        [...registry].filter((socket) => keyOf(socket) === event.subjectId),
        'secret_revoked',
      )
    case 'visitor_session_ended':
      return endAll(registry.ofSession(event.subjectId), reasonFrom(event.reason))
    case 'agent_session_ended':
      return endAll(registry.ofSession(event.subjectId), 'signed_out')
    case 'visitor_session_renewed':
      return renew(parts, event.subjectId)
    case 'visitor_sessions_ended':
      return endClosed(parts, [...registry], event.subjectId)
    case 'membership_changed':
      return changeMember(parts, [...registry], event.projectId, event.subjectId)
    case 'project_changed':
      return changeProject(parts, [...registry], event.projectId)
  }
}

function keyOf({ reader }: LiveSocket): string | undefined {
  return reader.kind === 'visitor' ? reader.caller.verification?.keyId : undefined
}

/** Told a few at a time: who stays must not wait until thousands have gone. But from now on none of them counts. */
async function endAll(sockets: LiveSocket[], reason: EndReason): Promise<void> {
  for (const socket of sockets) silence(socket)
  for (const [index, socket] of sockets.entries()) {
    if (index % endedAtOnce === endedAtOnce - 1) await new Promise(setImmediate)
    socket.end(reason)
  }
}

function silence(socket: LiveSocket): void {
  socket.live = false
  // A reading of the log that is under way ends, too.
  socket.reading += 1
  socket.silenced = true
}

const reasonFrom = (text: string): EndReason =>
  Object.hasOwn(endReasons, text) ? (text as EndReason) : 'session_unknown'

/** All of a visitor's, but for one that he has opened since. */
async function endClosed({ model }: Pick<LiveParts, 'model'>, sockets: LiveSocket[], visitorId: string): Promise<void> {
  for (const socket of sockets) {
    if (socket.reader.kind !== 'visitor' || socket.reader.caller.visitorId !== visitorId) continue
    const { sessionId } = socket.reader.caller
    if (!(await reloadVisitorCaller(model, sessionId))) socket.end(await endReasonOfSession(model, sessionId))
  }
}

/** What this connection writes from now on carries the new verification (VS9). */
async function renew({ model, registry }: Pick<LiveParts, 'model' | 'registry'>, sessionId: string): Promise<void> {
  const own = registry.ofSession(sessionId)
  if (own.length === 0) return
  const caller = await reloadVisitorCaller(model, sessionId)
  for (const socket of own) {
    if (caller) await socket.become({ kind: 'visitor', caller })
    else socket.end(await endReasonOfSession(model, sessionId))
  }
}

async function changeMember(
  { model }: Pick<LiveParts, 'model'>,
  sockets: LiveSocket[],
  projectId: string,
  agentId: string,
): Promise<void> {
  const own = sockets.filter(
    ({ projectId: id, reader }) => id === projectId && reader.kind === 'agent' && reader.member.agentId === agentId,
  )
  if (own.length === 0) return
  const member = await findMember(model, projectId, agentId)
  for (const socket of own) {
    if (!member) socket.end('membership_ended')
    // Otherwise he has begun anew already, when the log told him.
    else if (socket.reader.kind === 'agent' && !isDeepStrictEqual(socket.reader.member, member)) {
      await socket.become({ kind: 'agent', member })
      await socket.restart()
    }
  }
}

async function changeProject(
  { model }: Pick<LiveParts, 'model'>,
  sockets: LiveSocket[],
  projectId: string,
): Promise<void> {
  const project = await findProject(model, projectId)
  if (!project) return
  for (const socket of sockets) {
    const { reader } = socket
    if (socket.projectId !== projectId || reader.kind !== 'visitor') continue
    if (!admitsSession(project, reader.caller)) socket.end('authentication_required')
    else if (!isAllowed(project, socket.handshake.site)) socket.refuse(new Refused('origin_not_allowed'))
  }
}
