/** The API tells the owner the same as SQL. */
import type { Finding } from './finding.ts'
import type { Rows } from './rows.ts'
import { sameMessage } from './stored.ts'

export function checkApi({ api, messages, conversations }: Rows): Finding[] {
  const find = (what: string): Finding => ({ rule: 'API differs', who: '', what })
  const findings: Finding[] = []
  const told = new Map(api.messages.map((message) => [message.id, message]))
  for (const row of messages) {
    const message = told.get(row.id)
    if (!message) findings.push(find(`message ${row.id} is missing`))
    else if (!sameMessage(row, message)) findings.push(find(`message ${row.id} is another one`))
  }
  if (api.messages.length !== messages.length)
    findings.push(find(`${api.messages.length} of ${messages.length} messages`))
  const shown = new Map(api.conversations.map((conversation) => [conversation.id, conversation]))
  for (const row of conversations) {
    const conversation = shown.get(row.id)
    if (!conversation) findings.push(find(`conversation ${row.id} is missing`))
    else if (conversation.state !== row.state || conversation.assigneeId !== row.assigneeId) {
      findings.push(find(`conversation ${row.id} is in another state`))
    }
  }
  return [...findings, ...checkOrder(api.messages, messages)]
}

/** In each conversation the order of the answers is the order of changes. */
function checkOrder(told: Rows['api']['messages'], rows: Rows['messages']): Finding[] {
  const numbers = new Map(rows.map((row) => [row.id, row.changeNumber]))
  const last = new Map<string, number>()
  return told.flatMap(({ id, conversationId }): Finding[] => {
    const number = numbers.get(id) ?? 0
    const wrong = number <= (last.get(conversationId) ?? 0)
    last.set(conversationId, number)
    return wrong ? [{ rule: 'API differs', who: '', what: `message ${id} stands in the wrong place` }] : []
  })
}
