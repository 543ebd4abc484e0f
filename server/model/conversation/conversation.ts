import type { VisitorConversation } from '../../../protocol/records.ts'
import { type Action, maySee, requireAction } from '../access.ts'
import { findMember } from '../agent/membership.ts'
import type { Actor, AgentCaller, ApiKeyCaller, Caller, Member, VisitorCaller } from '../caller.ts'
import { requireEtag } from '../etag.ts'
import type { Writer } from '../message/append.ts'
import { isStorable } from '../message/text.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { type ConversationChanges, changeRecord, columnsFrom } from './change-record.ts'
import { type ConversationRecord, loadConversation } from './record.ts'

type Reading = Pick<Model, 'database' | 'presence' | 'now'>
type Changing = Reading & Pick<Model, 'bus'>

interface InSight<As> {
  record: ConversationRecord
  /** Undefined for its visitor. */
  member: As | undefined
}

/** A conversation in its caller's sight, and as whom he sees it. What he may not see does not exist for him. */
export async function requireConversation(model: Reading, caller: Caller, id: string): Promise<InSight<Member>>
export async function requireConversation(
  model: Reading,
  caller: Caller | ApiKeyCaller,
  id: string,
  action: Action,
): Promise<InSight<Actor>>
export async function requireConversation(
  model: Reading,
  caller: Caller | ApiKeyCaller,
  id: string,
  action: Action = 'readConversations',
): Promise<InSight<Actor>> {
  const record = await loadConversation(model.database.read, model, id)
  if (!record) throw new Refused('not_found', { field: 'conversation' })
  if (caller.kind === 'visitor') {
    if (!isOwn(caller, record)) throw new Refused('not_found', { field: 'conversation' })
    return { record, member: undefined }
  }
  const member = await findActor(model, record.projectId, caller)
  if (!member || !maySee(member, record.facts)) throw new Refused('not_found', { field: 'conversation' })
  requireAction(member, action)
  return { record, member }
}

/** As whom he acts in a project: the key of another one is nobody there. */
export async function findActor(
  model: Pick<Model, 'database'>,
  projectId: string,
  caller: AgentCaller | ApiKeyCaller,
): Promise<Actor | undefined> {
  if (caller.kind === 'agent') return findMember(model, projectId, caller.agentId)
  return caller.projectId === projectId ? caller : undefined
}

/**
 * As whom a message is written to a conversation. Whether he sees it, append.ts asks: whoever has written there and
 * has lost sight of it since gets back what is stored, if he sends it again (DL1).
 */
export async function requireWriter(model: Reading, caller: Caller | ApiKeyCaller, id: string): Promise<Writer> {
  if (caller.kind === 'visitor') return { kind: 'visitor', caller }
  const [row] = await model.database.rows<{ project_id: string }>('select project_id from conversations where id = ?', [
    id,
  ])
  const member = row && (await findActor(model, row.project_id, caller))
  if (!member) throw new Refused('not_found', { field: 'conversation' })
  requireAction(member, 'changeConversations')
  return { kind: 'agent', member, name: caller.name }
}

/**
 * Resolves, snoozes, reopens, assigns, moves to a department or tags. `meant` is the ETag that the caller has before his
 * eyes: what others have changed since, he would undo unseen.
 */
export async function changeConversation(
  model: Changing,
  caller: AgentCaller | ApiKeyCaller,
  id: string,
  changes: ConversationChanges,
  meant?: string,
): Promise<ConversationRecord> {
  const { record, member } = await requireConversation(model, caller, id, 'changeConversations')
  if (!member) throw new Refused('forbidden')
  const columns = columnsFrom(changes)
  if (Object.keys(columns).length === 0) return record
  return changeRecord(model, record, columns, (before) => {
    if (!maySee(member, before.facts)) throw new Refused('not_found', { field: 'conversation' })
    requireEtag(meant, before.agentView.etag)
  })
}

/** Its visitor has been helped. */
export async function closeConversation(
  model: Changing,
  caller: VisitorCaller,
  id: string,
): Promise<VisitorConversation> {
  const { record } = await requireConversation(model, caller, id)
  if (record.visitorView.state === 'resolved') return record.visitorView
  const { visitorView } = await changeRecord(model, record, columnsFrom({ state: 'resolved' }), (before) =>
    requireOwn(caller, before),
  )
  return visitorView
}

/** What its visitor thought of it, once it is over; he may think again. */
export async function rateConversation(
  model: Changing,
  caller: VisitorCaller,
  id: string,
  { stars, comment = '' }: { stars: number; comment?: string },
): Promise<VisitorConversation> {
  if (!isStorable(comment)) throw new Refused('text_invalid', { field: 'comment' })
  const { record } = await requireConversation(model, caller, id)
  const columns = { rating_stars: stars, rating_comment: comment.trim() || null, rated_at: model.now() }
  const { visitorView } = await changeRecord(model, record, columns, (before) => {
    requireOwn(caller, before)
    if (before.visitorView.state !== 'resolved') throw new Refused('not_closed')
  })
  return visitorView
}

function requireOwn(caller: VisitorCaller, record: ConversationRecord): void {
  if (!isOwn(caller, record)) throw new Refused('not_found', { field: 'conversation' })
}

const isOwn = ({ visitorId, projectId }: VisitorCaller, record: ConversationRecord): boolean =>
  record.facts.visitorId === visitorId && record.projectId === projectId
