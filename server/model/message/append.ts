/**
 * The one way in for a message, over the socket and over HTTP, from visitors and from agents.
 *
 * What can be refused without the database is refused at once; the rest waits, as a draft. Drafts that arrive while the
 * database is busy are one batch (batches.ts): one turn at the door, one commit, one ack each. In the turn (batch.ts), in
 * this order: lock the projects in id order, give back what is already stored (DL1), see whether the author may write
 * there, then number and insert. The numbers have no hole, since nothing that fails has taken one.
 *
 * When the promise resolves, the message is on the disk: that is what `ack` says (DL2). Only then it is published. A batch
 * that fails as a whole is tried again message by message, so that one bad row is refused alone.
 */
import { maxAttachments } from '../../../protocol/limits.ts'
import type { Attributes, Message } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Counter } from '../../metrics/registry.ts'
import { traced } from '../../traced.ts'
import type { Allowance } from '../allowance.ts'
import { Batches, type Outcome } from '../batches.ts'
import type { Actor, VisitorCaller } from '../caller.ts'
import { publishOnCommit } from '../change.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { eventsOfChanges } from '../webhook/event.ts'
import { recordWanted } from '../webhook/record-events.ts'
import { Batch } from './batch.ts'
import { encodeAttributes, requireText } from './text.ts'

export interface NewMessage {
  clientId: string
  /** Left out by a visitor who begins a conversation. */
  conversationId?: string | undefined
  /** Whom such a conversation is for: a department's id or legacy id. An unknown one is none. */
  departmentId?: string | undefined
  text: string
  attributes?: Attributes | undefined
  attachmentIds?: readonly string[] | undefined
  kind?: 'text' | 'note' | undefined
}

/** Whose message it is: a visitor by his session, an agent by his membership, or, as an agent of its own, an API key. */
export type Writer = { kind: 'visitor'; caller: VisitorCaller } | { kind: 'agent'; member: Actor; name: string }

/** A message on its way in, checked as far as that needs no database. */
export interface Draft {
  writer: Writer
  projectId: string
  clientId: string
  conversationId: string | undefined
  departmentId: string | undefined
  text: string
  attributes: string
  attachmentIds: readonly string[]
  kind: 'text' | 'note'
}

/** One for all projects: their messages share commits. */
const lane = 'messages'

type Acting = Pick<Model, 'database' | 'bus' | 'presence' | 'metrics' | 'now'>

export class Appender {
  #model: Acting
  #limit: Allowance
  #acked: Record<Writer['kind'], Counter>
  #batches: Batches<Draft, Message>

  constructor(model: Acting, limit: Allowance) {
    this.#model = model
    this.#limit = limit
    this.#batches = new Batches(model.database, (tx, drafts) => this.#store(tx, drafts))
    const { messages } = model.metrics
    this.#acked = { visitor: messages.of('visitor'), agent: messages.of('agent') }
  }

  /** How many messages wait to be stored. */
  get waiting(): number {
    return this.#batches.waiting
  }

  /** Stores a message once, however often it is sent, and gives back what is stored. */
  async append(writer: Writer, message: NewMessage): Promise<Message> {
    const draft = draftFrom(writer, message)
    if (writer.kind === 'visitor') this.#limit.take(writer.caller.visitorId)
    const since = performance.now()
    const stored = await traced('append', { 'signet.project': draft.projectId }, () =>
      this.#batches.add(lane, draft, []),
    )
    this.#acked[writer.kind].value += 1
    this.#model.metrics.ackSeconds.observe((performance.now() - since) / 1000)
    return stored
  }

  async #store(tx: Transaction, drafts: readonly Draft[]): Promise<Outcome<Message>[]> {
    const batch = new Batch(tx, this.#model)
    const outcomes = await batch.store(drafts)
    for (const [projectId, changes] of await batch.changes()) {
      const wanted = batch.wantedIn(projectId)
      if (wanted !== 0) await recordWanted(tx, this.#model, { id: projectId, wanted }, eventsOfChanges(changes))
      publishOnCommit(tx, this.#model.bus, projectId, changes)
    }
    return outcomes
  }
}

const none: readonly string[] = []

function draftFrom(writer: Writer, message: NewMessage): Draft {
  const attachmentIds = message.attachmentIds === undefined ? none : [...new Set(message.attachmentIds)]
  if (attachmentIds.length > maxAttachments) throw new Refused('too_many_attachments', { field: 'attachmentIds' })
  requireText(message.text, attachmentIds.length > 0)
  const kind = message.kind ?? 'text'
  if (writer.kind === 'visitor' && kind !== 'text') throw new Refused('forbidden')
  if (writer.kind === 'agent' && !message.conversationId) throw new Refused('not_found', { field: 'conversationId' })
  return {
    writer,
    projectId: writer.kind === 'visitor' ? writer.caller.projectId : writer.member.projectId,
    clientId: message.clientId,
    conversationId: message.conversationId,
    departmentId: message.departmentId,
    text: message.text,
    attributes: encodeAttributes(message.attributes),
    attachmentIds,
    kind,
  }
}
