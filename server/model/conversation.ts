import type { VisitorConversation } from '../../protocol/records.ts'
import { maySee } from './access.ts'
import type { Caller, Member, VisitorCaller } from './caller.ts'
import { type ConversationChanges, changeRecord, columnsFrom } from './conversation-change.ts'
import { type ConversationRecord, loadConversation } from './conversation-record.ts'
import { findMember } from './membership.ts'
import { isStorable } from './message/text.ts'
import type { Model } from './model.ts'
import { Refused } from './refused.ts'

type Reading = Pick<Model, 'database' | 'presence' | 'now'>
type Changing = Reading & Pick<Model, 'bus'>

/** A conversation in its caller's sight, and as whom he sees it. What he may not see does not exist for him. */
export async function requireConversation(
  model: Reading,
  caller: Caller,
  id: string,
): Promise<{ record: ConversationRecord; member: Member | undefined }> {
  const record = await loadConversation(model.database.read, model, id)
  if (!record) throw new Refused('not_found', { field: 'conversation' })
  if (caller.kind === 'visitor') {
    if (!isOwn(caller, record)) throw new Refused('not_found', { field: 'conversation' })
    return { record, member: undefined }
  }
  const member = await findMember(model, record.projectId, caller.agentId)
  if (!member || !maySee(member, record.facts)) throw new Refused('not_found', { field: 'conversation' })
  return { record, member }
}

/**
 * Resolves, snoozes, reopens, assigns, moves to a department or tags. `version` is the number of the record that the
 * caller has before his eyes: what others have changed since, he would undo unseen. Messages don't change it.
 */
export async function changeConversation(
  model: Changing,
  caller: Caller,
  id: string,
  changes: ConversationChanges,
  version?: string,
): Promise<ConversationRecord> {
  const { record, member } = await requireConversation(model, caller, id)
  if (!member) throw new Refused('forbidden')
  const columns = columnsFrom(changes)
  if (Object.keys(columns).length === 0) return record
  return changeRecord(model, record, columns, (before) => {
    if (!maySee(member, before.facts)) throw new Refused('not_found', { field: 'conversation' })
    if (version !== undefined && version !== String(before.recordNumber)) throw new Refused('changed_meanwhile')
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
