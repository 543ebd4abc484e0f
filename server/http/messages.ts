import type { FastifyRequest } from 'fastify'
import { requireConversation } from '../model/conversation.ts'
import type { Writer } from '../model/message/append.ts'
import { readMessages } from '../model/message/history.ts'
import { Refused } from '../model/refused.ts'
import { requireCaller } from './caller.ts'
import { readLimit } from './limit.ts'
import type { HttpParts } from './parts.ts'
import type { Route } from './route.ts'

export function messageRoutes(route: Route, { model, appender, publicUrl }: HttpParts): void {
  const callerOf = (request: FastifyRequest) => requireCaller(model, request, publicUrl())

  route('GET /conversations/:conversation/messages', async ({ params, query }, request) => {
    const { member } = await requireConversation(model, await callerOf(request), params.conversation)
    if (query.after !== undefined && query.before !== undefined) {
      throw new Refused('invalid_request', { field: 'before' })
    }
    return readMessages(model, params.conversation, {
      after: query.after === undefined ? undefined : Number(query.after),
      before: query.before,
      limit: readLimit(query.limit),
      agentView: member !== undefined,
    })
  })

  route('POST /conversations/:conversation/messages', async ({ params, body }, request) => {
    const caller = await callerOf(request)
    const { member } = await requireConversation(model, caller, params.conversation)
    return appender.append(writerFrom(caller, member), { ...body, conversationId: params.conversation })
  })
}

type Admitted = Awaited<ReturnType<typeof requireConversation>>['member']

function writerFrom(caller: Awaited<ReturnType<typeof requireCaller>>, member: Admitted): Writer {
  if (caller.kind === 'visitor') return { kind: 'visitor', caller }
  if (!member) throw new Refused('forbidden')
  return { kind: 'agent', member, name: caller.name }
}
