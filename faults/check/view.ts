/** When all is over: what each client has on its screen is what is stored. */
import type { Entry, Journal, Reader, Seen, SeenConversation } from '../people/journal.ts'
import type { Finding } from './finding.ts'
import type { ConversationRow, Rows } from './rows.ts'

export interface View {
  conversations: Map<string, SeenConversation>
  messages: Map<string, Seen>
}

/** What a client knows that takes in its journal as widget and dashboard do. */
function viewOf({ entries }: Pick<Journal, 'entries'>): View {
  const view: View = { conversations: new Map(), messages: new Map() }
  /** Conversations that a frame told of since the listing was asked for: the listing may be older than that. */
  const touched = new Set<string>()
  for (const entry of entries) take(view, touched, entry)
  return view
}

function take(view: View, touched: Set<string>, entry: Entry): void {
  switch (entry.kind) {
    case 'message':
    case 'acked':
      view.messages.set(entry.message.id, entry.message)
      return
    case 'fetched':
      for (const message of entry.messages) view.messages.set(message.id, message)
      return
    case 'welcome':
      for (const conversation of entry.conversations) keepNewer(view, conversation)
      return
    case 'conversation':
      touched.add(entry.conversation.id)
      keepNewer(view, entry.conversation)
      for (const message of entry.messages ?? []) view.messages.set(message.id, message)
      return
    case 'gone':
      touched.add(entry.conversationId)
      view.conversations.delete(entry.conversationId)
      return
    case 'forgot':
      view.conversations.clear()
      view.messages.clear()
      return
    case 'read':
      return markRead(view, entry)
    case 'listing':
      touched.clear()
      return
    case 'listed':
      return replace(view, touched, entry.conversations)
  }
}

function keepNewer(view: View, conversation: SeenConversation): void {
  const known = view.conversations.get(conversation.id)
  if (!known || known.version <= conversation.version) view.conversations.set(conversation.id, conversation)
}

function markRead(view: View, { conversationId, reader, seq }: Extract<Entry, { kind: 'read' }>): void {
  const known = view.conversations.get(conversationId)
  if (!known) return
  const mark = reader === 'visitor' ? 'visitorReadSeq' : 'agentReadSeq'
  view.conversations.set(conversationId, { ...known, [mark]: Math.max(known[mark], seq) })
}

function replace(view: View, touched: ReadonlySet<string>, listed: SeenConversation[]): void {
  const ids = new Set(listed.map(({ id }) => id))
  for (const id of view.conversations.keys()) if (!ids.has(id) && !touched.has(id)) view.conversations.delete(id)
  for (const conversation of listed) {
    if (view.conversations.has(conversation.id) || !touched.has(conversation.id)) keepNewer(view, conversation)
  }
}

export function checkView(journal: Journal, rows: Rows): Finding[] {
  // Whoever is no member has what he had, and gets nothing more.
  if (journal.reader.kind === 'agent' && !rows.roles.has(journal.reader.agentId)) return []
  const view = viewOf(journal)
  const inSight = new Map(
    rows.conversations.filter((row) => mayRead(journal.reader, rows, row)).map((row) => [row.id, row]),
  )
  const found = [...checkConversations(journal, view, inSight), ...checkMessages(journal, view, inSight, rows)]
  return found.map(([rule, what]) => ({ rule, who: journal.name, what }))
}

type Found = [rule: Finding['rule'], what: string]

function checkConversations({ reader }: Journal, view: View, inSight: ReadonlyMap<string, ConversationRow>): Found[] {
  const missedOrStale = [...inSight.values()].flatMap((row): Found[] => {
    const known = view.conversations.get(row.id)
    if (!known) return [['missed in the end', `conversation ${row.id}`]]
    return staleFields(reader, row, known).map((stale) => ['stale in the end', `${row.id}, ${stale}`])
  })
  const kept = [...view.conversations.keys()].filter((id) => !inSight.has(id))
  return [...missedOrStale, ...kept.map((id): Found => ['kept in the end', `conversation ${id}`])]
}

function checkMessages({ reader }: Journal, view: View, inSight: ReadonlyMap<string, unknown>, rows: Rows): Found[] {
  const missed = rows.messages.filter((row) => {
    const visible = inSight.has(row.conversationId) && (reader.kind === 'agent' || row.seq !== null)
    return visible && !view.messages.has(row.id)
  })
  const stored = new Set(rows.messages.map(({ id }) => id))
  const kept = [...view.messages.values()].filter(({ id }) => !stored.has(id))
  return [
    ...missed.map((row): Found => ['missed in the end', `change ${row.changeNumber}, ${row.clientId}`]),
    ...kept.map(({ clientId }): Found => ['kept in the end', clientId]),
  ]
}

function mayRead(reader: Reader, { roles, departments }: Rows, row: ConversationRow): boolean {
  if (reader.kind === 'visitor') return row.visitorId === reader.visitorId
  const own = departments.get(reader.agentId) ?? []
  const isHis = row.assigneeId === reader.agentId || (row.departmentId !== null && own.includes(row.departmentId))
  return roles.get(reader.agentId) !== 'agent' || row.assigneeId === null || isHis
}

function staleFields(reader: Reader, row: ConversationRow, known: SeenConversation): string[] {
  const state = reader.kind === 'visitor' && row.state !== 'resolved' ? 'open' : row.state
  const pairs: [string, unknown, unknown][] = [
    ['state', known.state, state],
    ['assignee', known.assigneeId, reader.kind === 'visitor' ? undefined : row.assigneeId],
    ['department', known.departmentId, row.departmentId],
    ['read by the visitor', known.visitorReadSeq, row.visitorReadSeq],
    ['read by agents', known.agentReadSeq, row.agentReadSeq],
  ]
  return pairs.flatMap(([name, seen, stored]) => (seen === stored ? [] : [`${name}: ${seen}, stored ${stored}`]))
}
