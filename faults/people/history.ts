/** What a client asks for over HTTP when its stream began anew: every conversation, and each one's messages. */
import type { Conversation, Message, VisitorConversation } from '../../protocol/records.ts'
import type { Api } from './api.ts'

type AnyConversation = Conversation | VisitorConversation

const pageSize = 200

/** Nothing when one of the pages could not be had. */
export async function listConversations(api: Api, project: string): Promise<AnyConversation[] | undefined> {
  const all: AnyConversation[] = []
  for (let page: string | null = ''; page !== null; ) {
    const query: string = page === '' ? '' : `&page=${page}`
    const answer = await api.ask('GET', `/projects/${project}/conversations?limit=${pageSize}${query}`)
    if (answer?.status !== 200) return undefined
    // The server validates its answers by the schema that this type is made from.
    const { conversations, nextPage } = answer.body as { conversations: AnyConversation[]; nextPage: string | null }
    all.push(...conversations)
    page = nextPage
  }
  return all
}

/** Nothing when one of the pages could not be had; nobody may see what is gone meanwhile. */
export async function readHistory(api: Api, conversationId: string): Promise<Message[] | undefined> {
  let all: Message[] = []
  for (let more = true; more; ) {
    const before = all[0] ? `&before=${all[0].id}` : ''
    const answer = await api.ask('GET', `/conversations/${conversationId}/messages?limit=${pageSize}${before}`)
    if (answer?.status === 404) return []
    if (answer?.status !== 200) return undefined
    const page = answer.body as { messages: Message[]; more: boolean }
    all = [...page.messages, ...all]
    more = page.more
  }
  return all
}
