import type { Conversation, Message, VisitorConversation } from '../../../protocol/records.ts'
import type { ApiKeyCaller, Caller } from '../caller.ts'
import { requireConversation } from '../conversation/conversation.ts'
import { messagesAfter } from '../message/history.ts'
import { messageFromRow } from '../message/record.ts'
import type { Model } from '../model.ts'
import { type Reading, toJson, Written } from '../reads.ts'

/** A page ends when it has so much in it: nearly every conversation is one page, and none holds up the others. */
const fullPage = { messages: 2_000, characters: 1_000_000 }
const readAtOnce = 200

export interface ExportPage {
  conversation: Conversation | VisitorConversation
  messages: Message[]
  exportedAt: number
  nextPage: string | null
}

/** A conversation with all that the caller may see of it, each message with its verification (VS9). */
export async function exportConversation(
  model: Pick<Model, 'database' | 'presence' | 'now' | 'reads'>,
  caller: Caller | ApiKeyCaller,
  id: string,
  page: string | undefined,
): Promise<Written<ExportPage>> {
  const { record, member } = await requireConversation(model, caller, id, 'readConversations')
  const asked = {
    conversation: member ? record.agentView : record.visitorView,
    agentView: member !== undefined,
    after: Number(page ?? 0),
    exportedAt: model.now(),
  }
  const by = caller.kind === 'visitor' ? caller.visitorId : caller.kind === 'agent' ? caller.agentId : caller.id
  return new Written(await model.reads.ask('conversationExport', asked, by))
}

interface Asked extends Pick<ExportPage, 'conversation' | 'exportedAt'> {
  agentView: boolean
  after: number
}

export async function readConversationExport(reading: Reading, asked: Asked): Promise<Uint8Array> {
  const { conversation, agentView, exportedAt } = asked
  const messages: Message[] = []
  let characters = 0
  let after = asked.after
  let more = true
  while (more && messages.length < fullPage.messages && characters < fullPage.characters) {
    const rows = await messagesAfter(reading, conversation.id, { after, limit: readAtOnce, agentView })
    for (const row of rows) {
      messages.push(messageFromRow(row))
      characters += row.text.length + row.attributes.length
      after = row.change_number
    }
    more = rows.length === readAtOnce
  }
  const page: ExportPage = { conversation, messages, exportedAt, nextPage: more ? String(after) : null }
  return toJson(page)
}
