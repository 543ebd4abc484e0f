import type { FastifyRequest } from 'fastify'
import type { Action } from '../../model/access.ts'
import { requireMember } from '../../model/agent/membership.ts'
import { Allowance } from '../../model/allowance.ts'
import type { ApiKeyCaller, Caller } from '../../model/caller.ts'
import type { ConversationChanges } from '../../model/conversation/change-record.ts'
import {
  changeConversation,
  closeConversation,
  rateConversation,
  requireConversation,
} from '../../model/conversation/conversation.ts'
import { type ListReader, listConversations } from '../../model/conversation/list.ts'
import { exportConversation } from '../../model/privacy/conversation-export.ts'
import { requireProject } from '../../model/project/project.ts'
import { Refused } from '../../model/refused.ts'
import { requireAgentOrKey, requireAnyCaller, requireVisitor } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { tag, versionMeant } from '../version.ts'

export function conversationRoutes(route: Route, { model, search, publicUrl }: HttpParts): void {
  const callerOf = (request: FastifyRequest, action: Action) => requireAnyCaller(model, request, publicUrl(), action)
  // Each is written, and told to every agent.
  const ratings = new Allowance({ perMinute: 6, burst: 10, now: model.now })

  const readerOf = async (caller: Caller | ApiKeyCaller, project: string): Promise<ListReader> => {
    if (caller.kind === 'agent')
      return { kind: 'agent', member: await requireMember(model, caller, project, 'readConversations') }
    const { id } = await requireProject(model, project)
    if (id !== caller.projectId) throw new Refused('not_found', { field: 'project' })
    return caller.kind === 'visitor' ? { kind: 'visitor', caller } : { kind: 'agent', member: caller }
  }

  route('GET /projects/:project/conversations', async ({ params, query }, request) => {
    const caller = await callerOf(request, 'readConversations')
    const reader = await readerOf(caller, params.project)
    const projectId = reader.kind === 'agent' ? reader.member.projectId : reader.caller.projectId
    const asked = {
      state: query.state,
      assigneeId: assigneeFrom(query.assignee, caller),
      departmentId: query.department === 'none' ? null : query.department,
      page: query.page,
      limit: readLimit(query.limit),
    }
    if (query.text === undefined) {
      const { records, nextPage } = await listConversations(model, projectId, reader, asked)
      const conversations = records.map((record) => (reader.kind === 'agent' ? record.agentView : record.visitorView))
      return { conversations, nextPage }
    }
    // To look for something is the agents' affair.
    if (reader.kind === 'visitor') return { conversations: [], matches: [], nextPage: null }
    const found = await search.find({ ...asked, projectId, actor: reader.member, text: query.text })
    const { matches, nextPage } = found
    return { conversations: found.records.map(({ agentView }) => agentView), matches, nextPage }
  })

  route('GET /conversations/:conversation', async ({ params }, request, reply) => {
    const caller = await callerOf(request, 'readConversations')
    const { record, member } = await requireConversation(model, caller, params.conversation, 'readConversations')
    tag(reply, member ? record.agentView.etag : record.visitorView.version)
    return member ? record.agentView : record.visitorView
  })

  route('GET /conversations/:conversation/export', async ({ params, query }, request) =>
    exportConversation(model, await callerOf(request, 'readConversations'), params.conversation, query.page),
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
    const caller = await requireAgentOrKey(model, request, publicUrl(), 'changeConversations')
    const changes = body as ConversationChanges
    const record = await changeConversation(model, caller, params.conversation, changes, versionMeant(request))
    tag(reply, record.agentView.etag)
    return record.agentView
  })
}

/** `me`, `none` or an id. A visitor's list is his own anyway. */
function assigneeFrom(assignee: string | undefined, caller: Caller | ApiKeyCaller): string | null | undefined {
  if (caller.kind === 'visitor' || assignee === undefined) return undefined
  if (assignee === 'none') return null
  if (assignee !== 'me') return assignee
  // Nothing can be assigned to a key.
  if (caller.kind === 'api key') throw new Refused('invalid_request', { field: 'assignee' })
  return caller.agentId
}
