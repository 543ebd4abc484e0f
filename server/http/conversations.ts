import type { FastifyRequest } from 'fastify'
import { Allowance } from '../model/allowance.ts'
import type { Caller } from '../model/caller.ts'
import type { Reader } from '../model/changes-since.ts'
import { changeConversation, closeConversation, rateConversation, requireConversation } from '../model/conversation.ts'
import type { ConversationChanges } from '../model/conversation-change.ts'
import { exportConversation } from '../model/conversation-export.ts'
import { listConversations } from '../model/conversation-list.ts'
import { requireMember } from '../model/membership.ts'
import { requireProject } from '../model/project.ts'
import { Refused } from '../model/refused.ts'
import { requireAgent, requireCaller, requireVisitor } from './caller.ts'
import { readLimit } from './limit.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'
import { tag, versionMeant } from './version.ts'

export function conversationRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const callerOf = (request: FastifyRequest) => requireCaller(model, request, publicUrl())
  // Each is written, and told to every agent.
  const ratings = new Allowance({ perMinute: 6, burst: 10, now: model.now })

  const readerOf = async (caller: Caller, project: string): Promise<Reader> => {
    if (caller.kind === 'agent')
      return { kind: 'agent', member: await requireMember(model, caller, project, 'readProject') }
    const { id } = await requireProject(model, project)
    if (id !== caller.projectId) throw new Refused('not_found', { field: 'project' })
    return { kind: 'visitor', caller }
  }

  route('GET /projects/:project/conversations', async ({ params, query }, request) => {
    const caller = await callerOf(request)
    const reader = await readerOf(caller, params.project)
    const projectId = reader.kind === 'agent' ? reader.member.projectId : reader.caller.projectId
    const { records, nextPage } = await listConversations(model, projectId, reader, {
      state: query.state,
      assigneeId: assigneeFrom(query.assignee, caller),
      departmentId: query.department === 'none' ? null : query.department,
      text: query.text,
      page: query.page,
      limit: readLimit(query.limit),
    })
    const conversations = records.map((record) => (reader.kind === 'agent' ? record.agentView : record.visitorView))
    return { conversations, nextPage }
  })

  route('GET /conversations/:conversation', async ({ params }, request, reply) => {
    const { record, member } = await requireConversation(model, await callerOf(request), params.conversation)
    tag(reply, record.recordNumber)
    return member ? record.agentView : record.visitorView
  })

  route('GET /conversations/:conversation/export', async ({ params, query }, request) =>
    exportConversation(model, await callerOf(request), params.conversation, query.page),
  )

  route('POST /conversations/:conversation/close', async ({ params }, request) =>
    closeConversation(model, await requireVisitor(model, request, publicUrl()), params.conversation),
  )

  route('PUT /conversations/:conversation/rating', async ({ params, body }, request) => {
    const caller = await requireVisitor(model, request, publicUrl())
    ratings.take(caller.visitorId)
    return rateConversation(model, caller, params.conversation, body)
  })

  route('PATCH /conversations/:conversation', async ({ params, body }, request, reply) => {
    const caller = await requireAgent(model, request, publicUrl())
    const changes = body as ConversationChanges
    const record = await changeConversation(model, caller, params.conversation, changes, versionMeant(request))
    tag(reply, record.recordNumber)
    return record.agentView
  })
}

/** `me`, `none` or an id. A visitor's list is his own anyway. */
function assigneeFrom(assignee: string | undefined, caller: Caller): string | null | undefined {
  if (caller.kind === 'visitor' || assignee === undefined) return undefined
  if (assignee === 'none') return null
  return assignee === 'me' ? caller.agentId : assignee
}
