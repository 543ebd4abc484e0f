/** The inside of append's turn: several messages numbered and inserted together. */
import type { Transaction } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { type ConversationFacts, maySee } from '../access.ts'
import type { Change } from '../change.ts'
import { loadConversations, type View } from '../conversation-record.ts'
import { newId } from '../id.ts'
import { Refused } from '../refused.ts'
import type { Draft, Outcome } from './append.ts'
import { messageFromRow } from './record.ts'

/** A change of a conversation's own record: begun or reopened. Its views are loaded when all is written. */
interface RecordChange {
  kind: 'record'
  number: number
  conversationId: string
  begun: boolean
}

/** A conversation as the batch changes it. What every message changes is written back once, at the end. */
interface Open {
  id: string
  project_id: string
  visitor_id: string
  assignee_id: string | null
  state: 'open' | 'snoozed' | 'resolved'
  last_seq: number
  last_message_id: string | null
  waiting_since: number | null
  change_number: number
  last_activity_at: number
}

export class Batch {
  #tx: Transaction
  #view: View
  #now: number
  #changes = new Map<string, (RecordChange | Change)[]>()
  #numbers = new Map<string, number>()
  #conversations = new Map<string, Open>()
  #touched = new Set<Open>()

  constructor(tx: Transaction, view: View) {
    this.#tx = tx
    this.#view = view
    this.#now = view.now()
  }

  async store(drafts: Draft[]): Promise<Outcome[]> {
    await this.#lockProjects(drafts)
    const outcomes: Outcome[] = []
    for (const draft of drafts) outcomes.push(await this.#storeOne(draft))
    for (const conversation of this.#touched) await this.#writeBack(conversation)
    for (const [projectId, number] of this.#numbers) {
      await this.#tx.rows('update projects set change_number = ? where id = ?', [number, projectId])
    }
    return outcomes
  }

  /** What to publish after the commit, in order, by project. */
  async changes(): Promise<Map<string, Change[]>> {
    const changes = new Map<string, Change[]>()
    for (const [projectId, made] of this.#changes) changes.set(projectId, await this.#withViews(made))
    return changes
  }

  async #lockProjects(drafts: Draft[]): Promise<void> {
    const ids = [...new Set(drafts.map((draft) => draft.projectId))].sort()
    for (const id of ids) {
      const [row] = await this.#tx.rows<{ change_number: number }>(lockProject, [id])
      if (row) this.#numbers.set(id, row.change_number)
    }
  }

  async #storeOne(draft: Draft): Promise<Outcome> {
    const stored = await this.#alreadyStored(draft)
    if (stored) return stored
    const conversation = await this.#conversation(draft)
    if (!conversation) return { refused: new Refused('not_found', { field: 'conversationId' }) }
    return { message: messageFromRow(await this.#insert(draft, conversation)) }
  }

  /** DL1: the author, or the identity that has taken the conversation over, gets back what is stored. */
  async #alreadyStored(draft: Draft): Promise<Outcome | undefined> {
    const [row] = await this.#tx.rows<MessageTable & { visitor_id: string }>(
      `select m.*, c.visitor_id from messages m join conversations c on c.id = m.conversation_id
       where m.project_id = ? and m.client_id = ?`,
      [draft.projectId, draft.clientId],
    )
    if (!row) return undefined
    const { writer } = draft
    const own =
      writer.kind === 'visitor'
        ? row.author_kind === 'visitor' && row.visitor_id === writer.caller.visitorId
        : row.author_kind === 'agent' && row.author_id === writer.member.agentId
    return own
      ? { message: messageFromRow(row) }
      : { refused: new Refused('client_id_conflict', { field: 'clientId' }) }
  }

  /** The conversation to write to, if the writer may; a visitor who names none begins one. */
  async #conversation(draft: Draft): Promise<Open | undefined> {
    const { writer, conversationId } = draft
    if (conversationId === undefined) return writer.kind === 'visitor' ? this.#begin(draft) : undefined
    const conversation = this.#conversations.get(conversationId) ?? (await this.#find(conversationId))
    if (!conversation || conversation.project_id !== draft.projectId) return undefined
    this.#conversations.set(conversationId, conversation)
    const may =
      writer.kind === 'visitor'
        ? conversation.visitor_id === writer.caller.visitorId
        : maySee(writer.member, factsOf(conversation))
    return may ? conversation : undefined
  }

  async #find(id: string): Promise<Open | undefined> {
    const [row] = await this.#tx.rows<Open>(
      `select id, project_id, visitor_id, assignee_id, state, last_seq, last_message_id, waiting_since,
         change_number, last_activity_at
       from conversations where id = ?`,
      [id],
    )
    return row
  }

  async #begin(draft: Draft): Promise<Open | undefined> {
    if (draft.writer.kind !== 'visitor') return undefined
    const number = this.#nextNumber(draft.projectId)
    const conversation: Open = {
      id: newId(),
      project_id: draft.projectId,
      visitor_id: draft.writer.caller.visitorId,
      assignee_id: null,
      state: 'open',
      last_seq: 0,
      last_message_id: null,
      waiting_since: null,
      change_number: number,
      last_activity_at: this.#now,
    }
    await this.#tx.rows(
      `insert into conversations (id, project_id, visitor_id, state, tags, last_seq, visitor_read_seq, agent_read_seq,
         change_number, record_number, access_number, created_at, last_activity_at)
       values (?, ?, ?, 'open', '[]', 0, 0, 0, ?, ?, ?, ?, ?)`,
      [conversation.id, draft.projectId, conversation.visitor_id, number, number, number, this.#now, this.#now],
    )
    this.#conversations.set(conversation.id, conversation)
    this.#made(draft.projectId, { kind: 'record', number, conversationId: conversation.id, begun: true })
    return conversation
  }

  async #insert(draft: Draft, conversation: Open): Promise<MessageTable> {
    if (draft.writer.kind === 'visitor' && conversation.state !== 'open') {
      await this.#reopen(draft.projectId, conversation)
    }
    const row = this.#row(draft, conversation)
    await this.#tx.rows(
      insertMessage,
      messageColumns.map((column) => row[column]),
    )
    this.#touch(draft, conversation, row)
    this.#made(draft.projectId, {
      kind: 'message',
      number: row.change_number,
      facts: factsOf(conversation),
      message: messageFromRow(row),
    })
    return row
  }

  #row(draft: Draft, conversation: Open): MessageTable {
    const { writer } = draft
    const verification = writer.kind === 'visitor' ? writer.caller.verification : null
    return {
      id: newId(),
      project_id: draft.projectId,
      conversation_id: conversation.id,
      client_id: draft.clientId,
      change_number: this.#nextNumber(draft.projectId),
      seq: draft.kind === 'note' ? null : conversation.last_seq + 1,
      author_kind: writer.kind,
      author_id: writer.kind === 'visitor' ? writer.caller.visitorId : writer.member.agentId,
      author_name: writer.kind === 'visitor' ? writer.caller.name : writer.name,
      key_id: verification?.keyId ?? null,
      token_issued_at: verification?.issuedAt ?? null,
      verified_at: verification?.verifiedAt ?? null,
      kind: draft.kind,
      text: draft.text,
      attributes: draft.attributes,
      created_at: this.#now,
    }
  }

  /** A visitor's message brings a resolved or snoozed conversation back. */
  async #reopen(projectId: string, conversation: Open): Promise<void> {
    const number = this.#nextNumber(projectId)
    conversation.state = 'open'
    conversation.change_number = number
    await this.#tx.rows('update conversations set state = ?, record_number = ? where id = ?', [
      conversation.state,
      number,
      conversation.id,
    ])
    this.#made(projectId, { kind: 'record', number, conversationId: conversation.id, begun: false })
  }

  #touch(draft: Draft, conversation: Open, row: MessageTable): void {
    conversation.change_number = row.change_number
    this.#touched.add(conversation)
    if (row.seq === null) return
    conversation.last_seq = row.seq
    conversation.last_message_id = row.id
    conversation.last_activity_at = this.#now
    if (draft.writer.kind === 'visitor') conversation.waiting_since ??= this.#now
    else conversation.waiting_since = null
  }

  async #writeBack(conversation: Open): Promise<void> {
    await this.#tx.rows(
      `update conversations set last_seq = ?, last_message_id = ?, waiting_since = ?, change_number = ?,
         last_activity_at = ? where id = ?`,
      [
        conversation.last_seq,
        conversation.last_message_id,
        conversation.waiting_since,
        conversation.change_number,
        conversation.last_activity_at,
        conversation.id,
      ],
    )
  }

  #nextNumber(projectId: string): number {
    const number = (this.#numbers.get(projectId) ?? 0) + 1
    this.#numbers.set(projectId, number)
    return number
  }

  #made(projectId: string, change: RecordChange | Change): void {
    const made = this.#changes.get(projectId) ?? []
    made.push(change)
    this.#changes.set(projectId, made)
  }

  async #withViews(made: (RecordChange | Change)[]): Promise<Change[]> {
    const ids = made.flatMap((change) => (change.kind === 'record' ? change.conversationId : []))
    const loaded = await loadConversations(this.#tx.query, this.#view, ids)
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
}

function factsOf(conversation: Open): ConversationFacts {
  return { id: conversation.id, visitorId: conversation.visitor_id, assigneeId: conversation.assignee_id }
}

/** Writing the row is what locks it on both databases. */
const lockProject = 'update projects set change_number = change_number where id = ? returning change_number'

const messageColumns = [
  'id',
  'project_id',
  'conversation_id',
  'client_id',
  'change_number',
  'seq',
  'author_kind',
  'author_id',
  'author_name',
  'key_id',
  'token_issued_at',
  'verified_at',
  'kind',
  'text',
  'attributes',
  'created_at',
] as const satisfies (keyof MessageTable)[]

const insertMessage = `insert into messages (${messageColumns.join(', ')}) values (${messageColumns.map(() => '?').join(', ')})`
