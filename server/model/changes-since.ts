/**
 * What somebody missed, read from the log (DL4): messages by their number, conversations by the number of their
 * latest change. Between two numbers a conversation may have changed more than once; its present state stands for
 * all of it. What was in sight at `since` and is not any more comes as `gone`, what has come into sight as a whole.
 */
import type { Kysely } from 'kysely'
import { maxMissedChanges } from '../../protocol/limits.ts'
import type { Message } from '../../protocol/records.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { inSightOf, maySee } from './access.ts'
import type { Member, VisitorCaller } from './caller.ts'
import { type ConversationRecord, loadConversations } from './conversation/record.ts'
import { messagesBefore, readMessages } from './message/history.ts'
import { messageFromRow } from './message/record.ts'
import type { Model } from './model.ts'
import { erasedSince } from './privacy/erased-conversation.ts'

export type Reader = { kind: 'visitor'; caller: VisitorCaller } | { kind: 'agent'; member: Member }

export type Missed =
  | { kind: 'message'; number: number; message: Message }
  /** The messages are read when they are sent: those of a thousand conversations at once would fill the memory (DL6). */
  | { kind: 'conversation'; number: number; record: ConversationRecord; messages?: () => Promise<Message[]> }
  | { kind: 'gone'; number: number; conversationId: string }

/** Numbers of the log: after `since`, up to and with `upTo`. */
interface Span {
  since: number
  upTo: number
}

const gainedMessages = 50

/** The messages that come with a change: one, or those of a conversation that has come into sight. */
export async function messagesOf(missed: Missed): Promise<Message[]> {
  if (missed.kind === 'message') return [missed.message]
  return (missed.kind === 'conversation' && (await missed.messages?.())) || []
}

/**
 * In the order of numbers; `upTo` is where the log ended. 'anew' when he sees otherwise than at `since`, or when there is
 * so much that it is cheaper to begin anew.
 */
export async function changesSince(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  projectId: string,
  reader: Reader,
  since: number,
): Promise<{ missed: Missed[]; upTo: number } | 'anew'> {
  const upTo = await changeNumber(model, projectId)
  if (upTo === since) return { missed: [], upTo }
  const span = { since, upTo }
  const touched = await touchedConversations(model.database.read, projectId, reader, span)
  const messages = await missedMessages(model.database.read, projectId, reader, span)
  const erased = await erasedSince(model, projectId, reader, span)
  if (erased === 'anew' || touched.length + messages.length + erased.length > maxMissedChanges) return 'anew'
  const conversations = await missedConversations(model, reader, span, touched)
  // The last that is read: whoever reads as what he is no more must not be given a number from after the change.
  if (reader.kind === 'agent' && !(await seesAsBefore(model, reader.member, since))) return 'anew'
  const missed: Missed[] = [
    ...messages.map((row): Missed => ({ kind: 'message', ...row })),
    ...conversations,
    ...erased,
  ]
  return { missed: missed.sort((one, other) => one.number - other.number), upTo }
}

async function seesAsBefore({ database }: Pick<Model, 'database'>, member: Member, since: number): Promise<boolean> {
  const [row] = await database.rows<{ role: string; access_number: number }>(
    'select role, access_number from memberships where project_id = ? and agent_id = ?',
    [member.projectId, member.agentId],
  )
  return row !== undefined && row.role === member.role && row.access_number <= since
}

/** Of the newest change; 0 where there has been none. */
export async function changeNumber(model: { database: Pick<Database, 'rows'> }, projectId: string): Promise<number> {
  const [row] = await model.database.rows<{ change_number: number }>(
    'select change_number from projects where id = ?',
    [projectId],
  )
  return row?.change_number ?? 0
}

/** The same for many projects at once. */
export async function changeNumbers(
  { database }: Pick<Model, 'database'>,
  projectIds: readonly string[],
): Promise<Map<string, number>> {
  if (projectIds.length === 0) return new Map()
  const projects = database.read.selectFrom('projects').select(['id', 'change_number'])
  const rows = await projects.where('id', 'in', projectIds).execute()
  return new Map(rows.map((row) => [row.id, row.change_number]))
}

/**
 * Conversations whose record changed in the span: begun, assigned, resolved, read, their visitor verified. One that has
 * changed again since the span's end comes with that change; but who may see it is told in this span, since nothing
 * later says so.
 */
async function touchedConversations(query: Kysely<Schema>, projectId: string, reader: Reader, { since, upTo }: Span) {
  const gained = reader.kind === 'visitor' ? 'taken_number' : 'access_number'
  const touched = query
    .selectFrom('conversations')
    .select(['id', 'record_number', 'access_number', 'taken_number', 'assignee_id', 'department_id'])
    .where('record_number', '>', since)
    .where((where) =>
      where.or([where('record_number', '<=', upTo), where.and([where(gained, '>', since), where(gained, '<=', upTo)])]),
    )
  // A visitor is of one project. Named, it would lead the database through all that went on there while he was away.
  const own =
    reader.kind === 'visitor'
      ? touched.where('visitor_id', '=', reader.caller.visitorId).where('change_number', '>', since)
      : touched.where('project_id', '=', projectId)
  return own
    .orderBy('record_number')
    .limit(maxMissedChanges + 1)
    .execute()
}

async function missedMessages(query: Kysely<Schema>, projectId: string, reader: Reader, { since, upTo }: Span) {
  let missed = query
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversation_id')
    .selectAll('m')
    .where('m.change_number', '>', since)
    .where('m.change_number', '<=', upTo)
  if (reader.kind === 'visitor') {
    // What was there when he took the conversation over comes with it.
    missed = missed
      .where('c.visitor_id', '=', reader.caller.visitorId)
      .where('c.change_number', '>', since)
      .where('m.seq', 'is not', null)
      .where((where) =>
        where.or([where('c.taken_number', '<=', since), where('m.change_number', '>', where.ref('c.taken_number'))]),
      )
  } else {
    missed = missed.where('m.project_id', '=', projectId).where(inSightOf(reader.member))
  }
  const rows = await missed
    .orderBy('m.change_number')
    .limit(maxMissedChanges + 1)
    .execute()
  return rows.map((row) => ({ number: row.change_number, message: messageFromRow(row) }))
}

interface Touched {
  id: string
  record_number: number
  access_number: number
  taken_number: number
  assignee_id: string | null
  department_id: string | null
}

async function missedConversations(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  reader: Reader,
  { since, upTo }: Span,
  touched: Touched[],
): Promise<Missed[]> {
  const inSight = ({ assignee_id: assigneeId, department_id: departmentId }: Touched) =>
    reader.kind === 'visitor' || maySee(reader.member, { assigneeId, departmentId })
  const loaded = await loadConversations(
    model.database.read,
    model,
    touched.filter(inSight).map((row) => row.id),
  )
  const records = new Map(loaded.map((record) => [record.facts.id, record]))
  const missed: Missed[] = []
  for (const row of touched) {
    const number = Math.min(row.record_number, upTo)
    const record = records.get(row.id)
    if (!inSight(row)) missed.push({ kind: 'gone', number, conversationId: row.id })
    else if (!record) continue
    else if (reader.kind === 'agent' && row.access_number > since) {
      missed.push({ kind: 'conversation', number, record, messages: () => latestMessages(model, row.id) })
    } else missed.push((await takenOver(model, reader, since, row, record)) ?? { kind: 'conversation', number, record })
  }
  return missed
}

/** A conversation that has come to a visitor with messages in it (VS7), at the number at which it came. */
async function takenOver(
  model: Pick<Model, 'database'>,
  reader: Reader,
  since: number,
  { id, taken_number: number }: Touched,
  record: ConversationRecord,
): Promise<Missed | undefined> {
  if (reader.kind !== 'visitor' || number <= since) return undefined
  const messages = await messagesBefore(model, id, number, gainedMessages)
  return messages.length > 0 ? { kind: 'conversation', number, record, messages: async () => messages } : undefined
}

async function latestMessages(model: Pick<Model, 'database'>, conversationId: string): Promise<Message[]> {
  return (await readMessages(model, conversationId, { limit: gainedMessages, agentView: true })).messages
}
