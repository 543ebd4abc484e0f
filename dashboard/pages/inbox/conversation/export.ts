import type { Api } from '../../../../client/api.ts'
import type { Answer } from '../../../../protocol/endpoints.ts'

type Export = Answer<'GET /conversations/:conversation/export'>

/** The whole conversation as one JSON text, however many pages it comes in. */
export async function exportConversation(api: Api, conversation: string): Promise<string> {
  const params = { conversation }
  let answer = await api('GET /conversations/:conversation/export', { params, query: {} })
  const messages: Export['messages'] = [...answer.messages]
  while (answer.nextPage !== null) {
    answer = await api('GET /conversations/:conversation/export', { params, query: { page: answer.nextPage } })
    messages.push(...answer.messages)
  }
  const { nextPage: _, ...rest } = answer
  return JSON.stringify({ ...rest, messages }, null, 2)
}
