import { requireConversation, requireWriter } from '../../model/conversation/conversation.ts'
import { readMessages } from '../../model/message/history.ts'
import { Refused } from '../../model/refused.ts'
import { requireAnyCaller } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function messageRoutes(route: Route, { model, appender, publicUrl }: HttpParts): void {
  route('GET /conversations/:conversation/messages', async ({ params, query }, request) => {
    const caller = await requireAnyCaller(model, request, publicUrl(), 'readConversations')
    const { member } = await requireConversation(model, caller, params.conversation, 'readConversations')
    const { after, before, around } = query
    const [, second] = Object.entries({ after, before, around }).filter(([, given]) => given !== undefined)
    if (second) throw new Refused('invalid_request', { field: second[0] })
    return readMessages(model, params.conversation, {
      after: after !== undefined && isSeq.test(after) ? Number(after) : after,
      ...{ before, around },
      limit: readLimit(query.limit),
      agentView: member !== undefined,
    })
  })

  route('POST /conversations/:conversation/messages', async ({ params, body }, request) => {
    const caller = await requireAnyCaller(model, request, publicUrl(), 'changeConversations')
    const writer = await requireWriter(model, caller, params.conversation)
    return appender.append(writer, { ...body, conversationId: params.conversation }).catch(inWordsOfTheAddress)
  })
}

const isSeq = /^[0-9]+$/

/** The socket's frame names the conversation in a field of that name; here it is part of the address. */
function inWordsOfTheAddress(error: unknown): never {
  const unseen = error instanceof Refused && error.field === 'conversationId'
  throw unseen ? new Refused('not_found', { field: 'conversation' }) : error
}
