/** Which part of the inbox is on the screen, in which order. Pure. */
import type { Conversation, ConversationState } from '../../protocol/records.ts'
import type { Conversations } from './inbox.ts'

export const folders = ['mine', 'unassigned', 'all'] as const
export type Folder = (typeof folders)[number]
export const states = ['open', 'snoozed', 'resolved'] as const satisfies readonly ConversationState[]

export interface View {
  folder: Folder
  state: ConversationState
  /** One of them alone, by its id. */
  department?: string
}

/** `since`: pages have been loaded down to here; what lies below is not whole yet. */
export function conversationsIn(all: Conversations, view: View, agentId: string, since = 0): Conversation[] {
  const shown: Conversation[] = []
  for (const conversation of all.values()) {
    if (conversation.lastActivityAt >= since && belongs(conversation, view, agentId)) shown.push(conversation)
  }
  return shown.sort(latestFirst)
}

function belongs({ state, assignee, department }: Conversation, view: View, agentId: string): boolean {
  if (state !== view.state) return false
  if (view.department !== undefined && department?.id !== view.department) return false
  if (view.folder === 'mine') return assignee?.id === agentId
  return view.folder === 'all' || assignee === null
}

function latestFirst(one: Conversation, other: Conversation): number {
  return other.lastActivityAt - one.lastActivityAt || (one.id < other.id ? 1 : -1)
}

/** The visitor has the last word and no agent has seen it. */
export function isUnread({ lastMessage, lastSeq, agentReadSeq }: Conversation): boolean {
  return lastSeq > agentReadSeq && lastMessage?.author.kind === 'visitor'
}

/** What waits unread in each folder; `nagging` is what the window's title counts: one's own and nobody's. */
export function unreadCounts(all: Conversations, agentId: string): Record<Folder | 'nagging', number> {
  const counts = { mine: 0, unassigned: 0, all: 0, nagging: 0 }
  for (const conversation of all.values()) {
    if (conversation.state !== 'open' || !isUnread(conversation)) continue
    counts.all += 1
    if (conversation.assignee === null) counts.unassigned += 1
    else if (conversation.assignee.id === agentId) counts.mine += 1
  }
  counts.nagging = counts.mine + counts.unassigned
  return counts
}

/** What the server's list takes to give this view. */
export function queryOf({ folder, state, department }: View) {
  const assignee = { mine: 'me', unassigned: 'none', all: undefined }[folder]
  return { state, ...(assignee !== undefined && { assignee }), ...(department !== undefined && { department }) }
}
