/**
 * The inside of append's turn: several messages decided, numbered and stored together.
 *
 * First everything is read that a decision could need (batch-reads.ts), then all is decided in memory, in the order of
 * arrival, and then all is written (store.ts). Deciding awaits nothing: what one message changes, that its conversation
 * has been opened again, say, or that its client id is taken, the next one finds changed. Only what is stored takes a
 * number, so the numbers have no hole.
 */
import type { Message } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { maySee } from '../access.ts'
import { type Attaching, encodeAttachments } from '../attachment/attaching.ts'
import type { Outcome } from '../batches.ts'
import { authorIdOf } from '../caller.ts'
import type { Change } from '../change.ts'
import { factsFromRow } from '../conversation/facts.ts'
import type { View } from '../conversation/record.ts'
import { newId } from '../id.ts'
import { Refused } from '../refused.ts'
import type { Draft } from './append.ts'
import { readForBatch } from './batch-reads.ts'
import { giveBack } from './give-back.ts'
import { messageFromRow } from './record.ts'
import { type RecordChange, withViews } from './record-change.ts'
import {
  type DepartmentName,
  type MessageStore,
  messageStore,
  type OpenConversation,
  type StoredMessage,
} from './store.ts'
import { reopenedLine, rowOfLine } from './system-line.ts'

export class Batch {
  #tx: Transaction
  #store: MessageStore
  #view: View
  #now: number
  #numbers = new Map<string, number>()
  #wanted = new Map<string, number>()
  #stored = new Map<string, StoredMessage>()
  #conversations = new Map<string, OpenConversation>()
  #departments: DepartmentName[] = []
  #attaching: Attaching | undefined
  #begun: OpenConversation[] = []
  #reopened: { id: string; number: number }[] = []
  #messages: MessageTable[] = []
  #touched = new Set<OpenConversation>()
  #changes = new Map<string, (RecordChange | Change)[]>()

  constructor(tx: Transaction, view: View) {
    this.#tx = tx
    this.#store = messageStore(tx)
    this.#view = view
    this.#now = view.now()
  }

  async store(drafts: readonly Draft[]): Promise<Outcome<Message>[]> {
    await this.#read(drafts)
    const outcomes = drafts.map((draft) => this.#decide(draft))
    await this.#write()
    return outcomes
  }

  /** What to publish after the commit, in order, by project. */
  async changes(): Promise<Map<string, Change[]>> {
    const changes = new Map<string, Change[]>()
    for (const [projectId, made] of this.#changes) changes.set(projectId, await withViews(this.#tx, this.#view, made))
    return changes
  }

  /** Which events the webhooks of a project want. */
  wantedIn(projectId: string): number {
    return this.#wanted.get(projectId) ?? 0
  }

  async #read(drafts: readonly Draft[]): Promise<void> {
    const { projects, conversations, stored, departments, attaching } = await readForBatch(
      this.#tx,
      this.#store,
      drafts,
    )
    for (const project of projects) {
      this.#numbers.set(project.id, project.change_number)
      this.#wanted.set(project.id, project.webhook_events)
    }
    for (const row of conversations) this.#conversations.set(row.id, row)
    for (const row of stored) this.#remember(row)
    this.#departments = departments
    this.#attaching = attaching
  }

  async #write(): Promise<void> {
    if (this.#messages.length === 0) return
    await this.#store.insertConversations(this.#begun)
    await this.#store.reopenConversations(this.#reopened)
    await this.#store.insertMessages(this.#messages)
    await this.#store.updateConversations([...this.#touched])
    await this.#store.setNumbers(this.#numbers)
    await this.#attaching?.write(this.#tx)
  }

  #decide(draft: Draft): Outcome<Message> {
    const stored = this.#stored.get(keyOf(draft.projectId, draft.clientId))
    if (stored) return giveBack(draft, stored)
    const files = draft.attachmentIds.length === 0 ? [] : this.#attaching?.named(draft)
    if (!files) return { refused: new Refused('attachment_not_found', { field: 'attachmentIds' }) }
    const conversation = this.#conversationOf(draft)
    if (!conversation) return { refused: new Refused('not_found', { field: 'conversationId' }) }
    if (draft.writer.kind === 'visitor' && conversation.state !== 'open') this.#reopen(conversation)
    const row = this.#rowOf(draft, conversation, encodeAttachments(files))
    this.#attaching?.send(files, row)
    this.#messages.push(row)
    // Sent again within this very batch, it is stored already.
    this.#remember({ ...row, visitor_id: conversation.visitor_id })
    this.#touch(draft, conversation, row)
    return { result: messageFromRow(row) }
  }

  /** The conversation to write to, if the writer may; a visitor who names none begins one. */
  #conversationOf(draft: Draft): OpenConversation | undefined {
    const { writer, projectId, conversationId } = draft
    if (conversationId === undefined) {
      return writer.kind === 'visitor'
        ? this.#begin(projectId, writer.caller.visitorId, this.#departmentOf(draft))
        : undefined
    }
    const conversation = this.#conversations.get(conversationId)
    if (!conversation || conversation.project_id !== projectId) return undefined
    const may =
      writer.kind === 'visitor'
        ? conversation.visitor_id === writer.caller.visitorId
        : maySee(writer.member, factsFromRow(conversation))
    return may ? conversation : undefined
  }

  #begin(projectId: string, visitorId: string, departmentId: string | null): OpenConversation {
    const number = this.#nextNumber(projectId)
    const conversation: OpenConversation = {
      id: newId(),
      project_id: projectId,
      visitor_id: visitorId,
      assignee_id: null,
      department_id: departmentId,
      state: 'open',
      last_seq: 0,
      last_message_id: null,
      waiting_since: null,
      change_number: number,
      last_activity_at: this.#now,
    }
    // A copy: the number that it begins at stays, while its messages take later ones.
    this.#begun.push({ ...conversation })
    this.#addChange(projectId, { kind: 'record', number, conversationId: conversation.id, begun: true })
    return conversation
  }

  /** The one that was named, if there is one: what does not exist loses no message. */
  #departmentOf({ projectId, departmentId }: Draft): string | null {
    if (departmentId === undefined) return null
    const own = this.#departments.filter((row) => row.project_id === projectId)
    return own.find((row) => row.id === departmentId || row.legacy_id === departmentId)?.id ?? null
  }

  /** A visitor's message brings a resolved or snoozed conversation back. */
  #reopen(conversation: OpenConversation): void {
    const number = this.#nextNumber(conversation.project_id)
    const wasClosed = conversation.state === 'resolved'
    conversation.state = 'open'
    this.#reopened.push({ id: conversation.id, number })
    this.#addChange(conversation.project_id, { kind: 'record', number, conversationId: conversation.id, begun: false })
    if (wasClosed) this.#sayReopened(conversation)
  }

  /** That it slept, its visitor was never told. */
  #sayReopened(conversation: OpenConversation): void {
    const { id: conversationId, project_id: projectId } = conversation
    conversation.last_seq += 1
    const place = { projectId, conversationId, number: this.#nextNumber(projectId), seq: conversation.last_seq }
    const row = rowOfLine(reopenedLine, place, this.#now)
    this.#messages.push(row)
    const facts = factsFromRow(conversation)
    this.#addChange(projectId, { kind: 'message', number: place.number, facts, message: messageFromRow(row) })
  }

  #rowOf(draft: Draft, conversation: OpenConversation, attachments: string): MessageTable {
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
      author_id: writer.kind === 'visitor' ? writer.caller.visitorId : authorIdOf(writer.member),
      author_name: writer.kind === 'visitor' ? writer.caller.name : writer.name,
      key_id: verification?.keyId ?? null,
      token_issued_at: verification?.issuedAt ?? null,
      verified_at: verification?.verifiedAt ?? null,
      kind: draft.kind,
      text: draft.text,
      attributes: draft.attributes,
      created_at: this.#now,
      attachments,
    }
  }

  #touch(draft: Draft, conversation: OpenConversation, row: MessageTable): void {
    const facts = factsFromRow(conversation)
    this.#addChange(draft.projectId, {
      kind: 'message',
      number: row.change_number,
      facts,
      message: messageFromRow(row),
    })
    this.#touched.add(conversation)
    conversation.change_number = row.change_number
    if (row.seq === null) return
    conversation.last_seq = row.seq
    conversation.last_message_id = row.id
    conversation.last_activity_at = this.#now
    if (draft.writer.kind === 'visitor') conversation.waiting_since ??= this.#now
    else conversation.waiting_since = null
  }

  #remember(row: StoredMessage): void {
    this.#stored.set(keyOf(row.project_id, row.client_id), row)
  }

  #nextNumber(projectId: string): number {
    const number = (this.#numbers.get(projectId) ?? 0) + 1
    this.#numbers.set(projectId, number)
    return number
  }

  #addChange(projectId: string, change: RecordChange | Change): void {
    const made = this.#changes.get(projectId) ?? []
    made.push(change)
    this.#changes.set(projectId, made)
  }
}

const keyOf = (projectId: string, clientId: string): string => `${projectId} ${clientId}`
