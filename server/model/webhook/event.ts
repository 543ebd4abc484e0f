/** What webhooks are told, as it is made of what has changed (WH3). */
import type { WebhookEvent } from '../../../protocol/endpoints/webhooks.ts'
import type { Verification } from '../../../protocol/records.ts'
import type { Change } from '../change.ts'
import type { ConversationRecord } from '../conversation/record.ts'

export interface NewEvent {
  type: WebhookEvent
  /** Those of one conversation arrive in the order of their numbers; null: it waits for nothing. */
  conversation: { id: string; number: number } | null
  visitorId: string | null
  data: Record<string, unknown>
}

/** Messages, and the conversations that they begin or open again. */
export function eventsOfChanges(changes: readonly Change[]): NewEvent[] {
  return changes.flatMap((change) => {
    // Lines that say what happened are nobody's message; what happened has an event of its own.
    if (change.kind === 'message') return change.message.kind === 'system' ? [] : [messageAdded(change)]
    if (change.kind !== 'conversation') return []
    return [ofConversation('conversation.opened', change, { reopened: change.before !== null })]
  })
}

/** A conversation's own record was another one before. */
export function eventsOfRecord(number: number, before: ConversationRecord, after: ConversationRecord): NewEvent[] {
  const was = before.agentView
  const { facts, agentView } = after
  const change = { number, facts, agentView }
  const events: NewEvent[] = []
  if (was.assignee?.id !== agentView.assignee?.id) events.push(ofConversation('conversation.assigned', change))
  if (was.state === agentView.state) return events
  if (agentView.state === 'resolved') events.push(ofConversation('conversation.resolved', change))
  if (agentView.state === 'open') events.push(ofConversation('conversation.opened', change, { reopened: true }))
  return events
}

export function visitorVerified(
  visitor: { id: string; externalId: string; name: string | null; email: string | null },
  verification: Verification & { expiresAt: number },
): NewEvent {
  return { type: 'visitor.verified', conversation: null, visitorId: visitor.id, data: { visitor, verification } }
}

/** What became of a key of the project's; never the key. */
export type KeyFate = 'generated' | 'retired' | 'revoked' | 'registered' | 'deleted'

export function keyRotated(id: string, fate: KeyFate): NewEvent {
  return { type: 'key.rotated', conversation: null, visitorId: null, data: { key: { id }, action: fate } }
}

function messageAdded({ number, facts, message }: Extract<Change, { kind: 'message' }>): NewEvent {
  const { id, visitorId, assigneeId } = facts
  return {
    type: 'message.added',
    conversation: { id, number },
    visitorId,
    data: { message, conversation: { id, visitorId, assigneeId } },
  }
}

function ofConversation(
  type: WebhookEvent,
  { number, facts, agentView }: Pick<Extract<Change, { kind: 'conversation' }>, 'number' | 'facts' | 'agentView'>,
  more: Record<string, unknown> = {},
): NewEvent {
  // It was so at this moment alone, and only on this node.
  const { online: _online, ...visitor } = agentView.visitor
  const data = { conversation: { ...agentView, visitor }, ...more }
  return { type, conversation: { id: facts.id, number }, visitorId: facts.visitorId, data }
}
