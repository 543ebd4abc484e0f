/** DL3, DL4 in the database itself: seq 1, 2, 3, … in the order of changes, and conversations that agree with it. */
import type { Finding } from './finding.ts'
import type { ConversationRow, MessageRow, Rows } from './rows.ts'

export function checkNumbering(rows: Rows): Finding[] {
  const byConversation = Map.groupBy(rows.messages, (row) => row.conversationId)
  return [
    ...rows.conversations.flatMap((conversation) =>
      checkConversation(conversation, byConversation.get(conversation.id) ?? []),
    ),
    ...checkChanges(rows),
  ]
}

function checkConversation(conversation: ConversationRow, messages: MessageRow[]): Finding[] {
  const findings: Finding[] = []
  const find = (rule: Finding['rule'], what: string) =>
    findings.push({ rule, who: '', what: `conversation ${conversation.id}: ${what}` })
  const numbered = messages.filter((row) => row.seq !== null).sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0))
  for (const [index, row] of numbered.entries()) {
    if (row.seq !== index + 1) {
      find('numbers with a hole', `seq ${row.seq} stands at place ${index + 1}`)
      break
    }
    const before = numbered[index - 1]
    if (before && before.changeNumber >= row.changeNumber) find('order differs', `seq ${row.seq} is the older change`)
  }
  const last = numbered.findLast((row) => !row.line)
  if (conversation.lastSeq !== numbered.length) {
    find('record differs', `last_seq ${conversation.lastSeq}, ${numbered.length} messages`)
  }
  if (conversation.lastMessageId !== (last?.id ?? null)) find('record differs', 'last_message_id is another message')
  const newest = Math.max(0, ...messages.map((row) => row.changeNumber))
  if (conversation.changeNumber < newest) find('record differs', 'a message is newer than its conversation')
  for (const read of [conversation.visitorReadSeq, conversation.agentReadSeq]) {
    if (read > conversation.lastSeq) find('record differs', `read up to ${read} of ${conversation.lastSeq}`)
  }
  return findings
}

function checkChanges({ messages, conversations, changeNumber }: Rows): Finding[] {
  const findings: Finding[] = []
  const taken = new Set<number>()
  const known = new Set(conversations.map(({ id }) => id))
  for (const row of messages) {
    if (taken.has(row.changeNumber)) {
      findings.push({ rule: 'order differs', who: '', what: `two messages are change ${row.changeNumber}` })
    }
    taken.add(row.changeNumber)
    if (row.changeNumber > changeNumber) {
      findings.push({ rule: 'record differs', who: '', what: `change ${row.changeNumber} is past the project's last` })
    }
    if (!known.has(row.conversationId)) {
      findings.push({ rule: 'record differs', who: '', what: `message ${row.id} is in no conversation` })
    }
  }
  return findings
}
