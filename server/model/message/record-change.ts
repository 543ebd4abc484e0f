import type { Transaction } from '../../db/database.ts'
import type { Change } from '../change.ts'
import { loadConversations, type View } from '../conversation/record.ts'

/** A change of a conversation's own record: begun or reopened. Its views are loaded when all is written. */
export interface RecordChange {
  kind: 'record'
  number: number
  conversationId: string
  begun: boolean
}

export async function withViews(
  { query }: Transaction,
  view: View,
  made: readonly (RecordChange | Change)[],
): Promise<Change[]> {
  const ids = made.flatMap((change) => (change.kind === 'record' ? change.conversationId : []))
  const loaded = await loadConversations(query, view, ids)
  const records = new Map(loaded.map((record) => [record.facts.id, record]))
  return made.flatMap((change): Change[] => {
    if (change.kind !== 'record') return [change]
    const record = records.get(change.conversationId)
    if (!record) return []
    const { facts, agentView, visitorView } = record
    const before = change.begun ? null : undefined
    return [{ kind: 'conversation', number: change.number, facts, before, agentView, visitorView, agentsOnly: false }]
  })
}
