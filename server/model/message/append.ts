/**
 * The one way in for a message, over the socket and over HTTP, from visitors and from agents.
 *
 * Appends that arrive while the database is busy are one batch: one turn at the door, one commit, one ack each.
 * In the turn, in this order: lock the projects in id order, give back what is already stored (DL1), see whether
 * the author may write there, then number and insert. The numbers of a batch have no hole, since nothing that
 * fails has taken one. `ack` is what the promise's resolution means: the message is on the disk (DL2).
 *
 * A batch that fails as a whole is tried again message by message, so that one bad row is refused alone.
 */
import type { Attributes, Message } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Counter } from '../../metrics/registry.ts'
import { traced } from '../../traced.ts'
import type { Allowance } from '../allowance.ts'
import type { Member, VisitorCaller } from '../caller.ts'
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
  kind?: 'text' | 'note' | undefined
}

/** Whose message it is: a visitor by his session, or an agent by his membership. */
export type Writer = { kind: 'visitor'; caller: VisitorCaller } | { kind: 'agent'; member: Member; name: string }

/** A message on its way in, checked as far as that needs no database. */
export interface Draft {
  writer: Writer
  projectId: string
  clientId: string
  conversationId: string | undefined
  departmentId: string | undefined
  text: string
  attributes: string
  kind: 'text' | 'note'
}

export type Outcome = { message: Message } | { refused: Refused }

interface Waiting {
  draft: Draft
  since: number
  resolve(message: Message): void
  reject(error: unknown): void
}

type Acting = Pick<Model, 'database' | 'bus' | 'presence' | 'metrics' | 'now'>

const maxBatch = 500

export class Appender {
  #model: Acting
  #limit: Allowance
  #acked: Record<Writer['kind'], Counter>
  #waiting: Waiting[] = []
  #working = false

  constructor(model: Acting, limit: Allowance) {
    this.#model = model
    this.#limit = limit
    const { messages } = model.metrics
    this.#acked = { visitor: messages.of('visitor'), agent: messages.of('agent') }
  }

  /** How many messages wait to be stored. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Stores a message once, however often it is sent, and gives back what is stored. */
  async append(writer: Writer, message: NewMessage): Promise<Message> {
    const draft = draftFrom(writer, message)
    if (writer.kind === 'visitor') this.#limit.take(writer.caller.visitorId)
    return traced('append', { 'signet.project': draft.projectId }, () => this.#enqueue(draft))
  }

  #enqueue(draft: Draft): Promise<Message> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, since: performance.now(), resolve, reject })
      if (this.#working) return
      this.#working = true
      void this.#work()
    })
  }

  /** One batch after the other: the next is as large as what arrives while this one is on its way to the disk. */
  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      let batch: Waiting[] = []
      const turn = this.#model.database.transaction((tx) => {
        // Only now, so that whatever waits for the door goes along. A turn that runs again keeps its batch.
        if (batch.length === 0) batch = this.#waiting.splice(0, maxBatch)
        return this.#store(tx, batch)
      })
      await turn.then(
        (outcomes) => this.#settle(batch, outcomes),
        (error) => this.#retryAlone(batch, error),
      )
    }
    this.#working = false
  }

  async #retryAlone(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 0) {
      // The database takes no turns at all.
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
      return
    }
    if (batch.length === 1) return batch[0]?.reject(error)
    for (const waiting of batch) {
      await this.#model.database
        .transaction((tx) => this.#store(tx, [waiting]))
        .then((outcomes) => this.#settle([waiting], outcomes), waiting.reject)
    }
  }

  async #store(tx: Transaction, waiting: Waiting[]): Promise<Outcome[]> {
    const batch = new Batch(tx, this.#model)
    const drafts = waiting.map((each) => each.draft)
    const outcomes = await batch.store(drafts)
    for (const [projectId, changes] of await batch.changes()) {
      const wanted = batch.wantedIn(projectId)
      if (wanted !== 0) await recordWanted(tx, this.#model, { id: projectId, wanted }, eventsOfChanges(changes))
      publishOnCommit(tx, this.#model.bus, projectId, changes)
    }
    return outcomes
  }

  #settle(batch: Waiting[], outcomes: Outcome[]): void {
    const now = performance.now()
    for (const [index, waiting] of batch.entries()) {
      const outcome = outcomes[index]
      if (!outcome || !('message' in outcome)) {
        waiting.reject(outcome?.refused ?? new Refused('internal_error'))
        continue
      }
      this.#acked[waiting.draft.writer.kind].value += 1
      this.#model.metrics.ackSeconds.observe((now - waiting.since) / 1000)
      waiting.resolve(outcome.message)
    }
  }
}

function draftFrom(writer: Writer, message: NewMessage): Draft {
  requireText(message.text)
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
    kind,
  }
}
