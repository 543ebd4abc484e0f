import type { Conversation, ConversationState, Message } from '../../protocol/records.ts'
import type { Transaction } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { maySee } from './access.ts'
import type { Caller, Member } from './caller.ts'
import { type Change, nextNumber, publishOnCommit } from './change.ts'
import { type ConversationRecord, loadConversation } from './conversation-record.ts'
import { findRole } from './membership.ts'
import { readMessages } from './message/history.ts'
import type { Model } from './model.ts'
import { Refused } from './refused.ts'

type Reading = Pick<Model, 'database' | 'presence' | 'now'>

/** A conversation in its caller's sight, and as whom he sees it. What he may not see does not exist for him. */
export async function requireConversation(
  model: Reading,
  caller: Caller,
  id: string,
): Promise<{ record: ConversationRecord; member: Member | undefined }> {
  const record = await loadConversation(model.database.read, model, id)
  if (!record) throw new Refused('not_found', { field: 'conversation' })
  if (caller.kind === 'visitor') {
    const own = record.facts.visitorId === caller.visitorId && record.projectId === caller.projectId
    if (!own) throw new Refused('not_found', { field: 'conversation' })
    return { record, member: undefined }
  }
  const role = await findRole(model, record.projectId, caller.agentId)
  const member = role && { agentId: caller.agentId, projectId: record.projectId, role }
  if (!member || !maySee(member, record.facts)) throw new Refused('not_found', { field: 'conversation' })
  return { record, member }
}

export interface ConversationChanges {
  state?: ConversationState
  assigneeId?: string | null
  tags?: string[]
}

/** Resolves, snoozes, reopens, assigns or tags. */
export async function changeConversation(
  model: Reading & Pick<Model, 'bus'>,
  caller: Caller,
  id: string,
  changes: ConversationChanges,
): Promise<Conversation> {
  const { record, member } = await requireConversation(model, caller, id)
  if (!member) throw new Refused('forbidden')
  const columns = columnsFrom(changes)
  if (Object.keys(columns).length === 0) return record.agentView
  return model.database.transaction(async (tx) => {
    const number = await nextNumber(tx, record.projectId)
    // Again, now that nobody can come in between: what was seen outside may be old.
    const before = await loadConversation(tx.query, model, id)
    if (!before || !maySee(member, before.facts)) throw new Refused('not_found', { field: 'conversation' })
    if (changes.assigneeId) await requireAssignable(tx, record.projectId, changes.assigneeId)
    const numbers = { change_number: number, record_number: number }
    const access = changes.assigneeId === undefined ? {} : { access_number: number }
    await tx.query
      .updateTable('conversations')
      .set({ ...columns, ...numbers, ...access })
      .where('id', '=', id)
      .execute()
    const change = await conversationChange(tx, model, id, number, before)
    publishOnCommit(tx, model.bus, record.projectId, [change])
    return change.agentView
  })
}

function columnsFrom(changes: ConversationChanges): Partial<Schema['conversations']> {
  const columns: Partial<Schema['conversations']> = {}
  if (changes.state !== undefined) columns.state = changes.state
  if (changes.state === 'resolved') columns.waiting_since = null
  if (changes.assigneeId !== undefined) columns.assignee_id = changes.assigneeId
  if (changes.tags !== undefined) columns.tags = JSON.stringify([...new Set(changes.tags)])
  return columns
}

async function requireAssignable(tx: Transaction, projectId: string, agentId: string): Promise<void> {
  const member = await tx.query
    .selectFrom('memberships')
    .select('role')
    .where('project_id', '=', projectId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  if (!member) throw new Refused('not_found', { field: 'assigneeId' })
}

const gainedMessages = 50

async function conversationChange(
  tx: Transaction,
  model: Reading,
  id: string,
  number: number,
  before: ConversationRecord,
): Promise<Change & { kind: 'conversation' }> {
  const after = await loadConversation(tx.query, model, id)
  if (!after) throw new Refused('not_found', { field: 'conversation' })
  const moved = before.facts.assigneeId !== after.facts.assigneeId
  return {
    kind: 'conversation',
    number,
    facts: after.facts,
    before: moved ? before.facts : undefined,
    agentView: after.agentView,
    visitorView: after.visitorView,
    ...(moved ? { messages: await latestMessages(tx, id) } : {}),
    agentsOnly: before.visitorView.state === after.visitorView.state,
  }
}

async function latestMessages(tx: Transaction, id: string): Promise<Message[]> {
  const { messages } = await readMessages({ database: tx }, id, { limit: gainedMessages, agentView: true })
  return messages
}

/** Gives back to everybody what was assigned to somebody who leaves. */
export async function unassignAll(
  tx: Transaction,
  model: Reading & Pick<Model, 'bus'>,
  projectId: string,
  agentId: string,
): Promise<void> {
  const number = await nextNumber(tx, projectId)
  await tx.query
    .updateTable('conversations')
    .set({ assignee_id: null, change_number: number, record_number: number, access_number: number })
    .where('project_id', '=', projectId)
    .where('assignee_id', '=', agentId)
    .execute()
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience: 'agents' }])
}
