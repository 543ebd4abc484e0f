import type { Answer, Api } from '../../../client/api.ts'

const key = 'GET /projects/:project/visitors/:visitor/export'
type Parts = Answer<typeof key>['conversations']

/** All that is stored of a person as one JSON text, however many pages it comes in. */
export async function exportPerson(api: Api, project: string, visitor: string): Promise<string> {
  const params = { project, visitor }
  const first = await api(key, { params, query: {} })
  const conversations = [...first.conversations]
  for (let page = first.nextPage; page !== null; ) {
    const next = await api(key, { params, query: { page } })
    addTo(conversations, next.conversations)
    page = next.nextPage
  }
  const { nextPage: _, ...rest } = first
  return JSON.stringify({ ...rest, conversations }, null, 2)
}

/** A page may have ended in the middle of a conversation. */
function addTo(conversations: Parts, more: Parts) {
  for (const part of more) {
    const last = conversations.at(-1)
    if (last?.conversation.id === part.conversation.id) last.messages.push(...part.messages)
    else conversations.push(part)
  }
}
