/** A conversation's own record changes: one turn, its numbers, the line that says so, and who sees it come and go. */
import { isDeepStrictEqual } from 'node:util'
import type { ConversationState, Message } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { type Change, nextNumber, publishOnCommit } from '../change.ts'
import { readMessages } from '../message/history.ts'
import { insertSystemLine, reopenedLine, type SystemLine } from '../message/system-line.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { eventsOfChanges, eventsOfRecord } from '../webhook/event.ts'
import { recordEvents } from '../webhook/record-events.ts'
import { type ConversationRecord, loadConversation, stateForVisitors } from './record.ts'

type Changing = Pick<Model, 'database' | 'bus' | 'presence' | 'now'>
type Columns = Partial<Schema['conversations']>

export interface ConversationChanges {
  state?: ConversationState
  assigneeId?: string | null
  departmentId?: string | null
  tags?: string[]
}

export function columnsFrom(changes: ConversationChanges): Columns {
  const columns: Columns = {}
  if (changes.state !== undefined) columns.state = changes.state
  if (changes.state === 'resolved') columns.waiting_since = null
  if (changes.assigneeId !== undefined) columns.assignee_id = changes.assigneeId
  if (changes.departmentId !== undefined) columns.department_id = changes.departmentId
  if (changes.tags !== undefined) columns.tags = JSON.stringify([...new Set(changes.tags)])
  return columns
}

/** `guard` throws where the change is refused; it is asked inside, since what was seen outside may be old. */
export async function changeRecord(
  model: Changing,
  { projectId, facts: { id } }: ConversationRecord,
  columns: Columns,
  guard: (before: ConversationRecord) => void,
): Promise<ConversationRecord> {
  return model.database.transaction(async (tx) => {
    // Before anything is read: nobody can come in between from here on.
    await tx.rows('update projects set change_number = change_number where id = ?', [projectId])
    const before = await loadConversation(tx.query, model, id)
    if (!before) throw new Refused('not_found', { field: 'conversation' })
    guard(before)
    await requireNamed(tx, projectId, columns)
    const said = await sayWhatHappened(tx, model, before, columns)
    // After the lines: whoever loses sight of it has heard why.
    const number = await nextNumber(tx, projectId)
    const seen = columns.assignee_id !== undefined || columns.department_id !== undefined
    await tx.query
      .updateTable('conversations')
      .set({ ...columns, change_number: number, record_number: number, ...(seen && { access_number: number }) })
      .where('id', '=', id)
      .execute()
    const after = await loadConversation(tx.query, model, id)
    if (!after) throw new Error('A conversation that is there cannot be found.')
    publishOnCommit(tx, model.bus, projectId, [...said, await recordChange(tx, number, before, after)])
    const events = [...eventsOfChanges(said), ...eventsOfRecord(number, before, after)]
    await recordEvents(tx, model, projectId, events)
    return after
  })
}

/** Whom and what it is given to exists here. */
async function requireNamed(
  tx: Transaction,
  projectId: string,
  { assignee_id: agentId, department_id: departmentId }: Columns,
): Promise<void> {
  if (agentId) {
    const query = 'select role from memberships where project_id = ? and agent_id = ?'
    const members = await tx.rows(query, [projectId, agentId])
    if (members.length === 0) throw new Refused('not_found', { field: 'assigneeId' })
  }
  if (departmentId) {
    const query = 'select id from departments where project_id = ? and id = ?'
    const departments = await tx.rows(query, [projectId, departmentId])
    if (departments.length === 0) throw new Refused('not_found', { field: 'departmentId' })
  }
}

/** Lines for what its visitor may know: somebody has taken it, it is closed, it is open again. */
async function sayWhatHappened(
  tx: Transaction,
  model: Pick<Model, 'now'>,
  before: ConversationRecord,
  columns: Columns,
): Promise<Change[]> {
  const lines: SystemLine[] = []
  const { assignee_id: agentId } = columns
  if (agentId && agentId !== before.facts.assigneeId) lines.push(await joinedLine(tx, agentId))
  const was = before.visitorView.state
  const is = columns.state === undefined ? was : stateForVisitors(columns.state)
  if (is !== was) lines.push(is === 'resolved' ? closedLine : reopenedLine)
  const said: Change[] = []
  for (const line of lines) said.push(await insertSystemLine(tx, model, before, said.length, line))
  return said
}

async function joinedLine(tx: Transaction, agentId: string): Promise<SystemLine> {
  const [agent] = await tx.rows<{ name: string }>('select name from agents where id = ?', [agentId])
  const fullname = agent?.name ?? ''
  const parameters = { member_id: agentId, fullname }
  return { key: 'MEMBER_JOINED_GROUP', parameters, text: `${fullname} joined the conversation.` }
}

const closedLine: SystemLine = { key: 'CHAT_CLOSED', parameters: {}, text: 'The conversation was closed.' }

async function recordChange(
  tx: Transaction,
  number: number,
  before: ConversationRecord,
  after: ConversationRecord,
): Promise<Change> {
  const moved = !isDeepStrictEqual(before.facts, after.facts)
  const shown = ({ visitorView: { state, department, rating, lastSeq } }: ConversationRecord) =>
    JSON.stringify([state, department, rating, lastSeq])
  return {
    kind: 'conversation',
    number,
    facts: after.facts,
    before: moved ? before.facts : undefined,
    agentView: after.agentView,
    visitorView: after.visitorView,
    ...(moved ? { messages: await latestMessages(tx, after.facts.id) } : {}),
    agentsOnly: shown(before) === shown(after),
  }
}

const gainedMessages = 50

async function latestMessages(tx: Transaction, id: string): Promise<Message[]> {
  const { messages } = await readMessages({ database: tx }, id, { limit: gainedMessages, agentView: true })
  return messages
}

/** Gives back to everybody what was assigned to somebody who leaves. */
export async function unassignAll(
  tx: Transaction,
  model: Pick<Model, 'bus'>,
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
