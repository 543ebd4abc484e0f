/**
 * Delivers what waits in the outbox (WH4), at least once each. A row is claimed, sent, and marked: a node that dies
 * in between leaves a claim that runs out, and somebody sends it again, under the same id.
 *
 * Every receiver has so many attempts under way at once and no more, so that a slow one holds up nobody but itself; and
 * a project, with however many receivers that hang, never more than are left free for everybody else.
 * A commit wakes the outbox; the clock does where the signal got lost, or where something waits for its next attempt.
 */
import type { OutboxTable } from '../../db/outbox-tables.ts'
import { traced } from '../../traced.ts'
import type { Model } from '../model.ts'
import { switchOff } from '../webhook/webhook.ts'
import { claim, type Due, dueTargets } from './claim.ts'
import { finish, type Outcome } from './finish.ts'
import { outboxTopic } from './put.ts'

/** Sends one, within a minute. What it throws counts as a failure without a word. */
export type Send = (row: OutboxTable) => Promise<Outcome>

export interface Senders {
  webhook: Send
  /** Left out where no mail can be sent: then it waits. */
  mail?: Send | undefined
}

type Delivering = Pick<Model, 'database' | 'bus' | 'metrics' | 'now'>

const pollMs = 1_000
const perTarget = 8
const mostInAll = 512

export class Outbox {
  #model: Delivering
  #senders: Senders
  #random: () => number
  #inAll: number
  #underWay = new Map<string, number>()
  #ofProject = new Map<string, number>()
  #sending = new Set<Promise<void>>()
  #turn: Promise<void> | undefined
  #again = false
  #stopping = false
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined

  constructor(model: Delivering, senders: Senders, parts: { random?: () => number; inAll?: number | undefined } = {}) {
    this.#model = model
    this.#senders = senders
    this.#random = parts.random ?? Math.random
    this.#inAll = parts.inAll ?? mostInAll
  }

  get underWay(): number {
    return this.#sending.size
  }

  start(): void {
    this.#unsubscribe = this.#model.bus.subscribe(outboxTopic, () => void this.turn())
    this.#timer = setInterval(() => void this.turn(), pollMs).unref()
  }

  /** What is under way is let finish: cut off, it would be sent twice. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#timer)
    this.#unsubscribe?.()
    await this.#turn
    await Promise.all(this.#sending)
  }

  /** Begins what is due and has room. A call during a turn starts another one after it. */
  turn(): Promise<void> {
    this.#again = true
    this.#turn ??= this.#run().finally(() => {
      this.#turn = undefined
    })
    return this.#turn
  }

  /** Until nothing more is due, and nothing under way. */
  async settled(): Promise<void> {
    do {
      await this.turn()
      await Promise.all(this.#sending)
    } while (this.#turn !== undefined || this.#sending.size > 0)
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#stopping) {
        this.#again = false
        await this.#begin()
      }
    } catch {
      // The database does not answer: whoever needs it says so, and the clock comes back here.
    }
  }

  async #begin(): Promise<void> {
    const { database, now } = this.#model
    for (const due of await dueTargets(database, now())) {
      const { target } = due
      if (target === 'mail' && !this.#senders.mail) continue
      const room = this.#roomFor(due)
      if (room <= 0) continue
      for (const row of await claim(database, target, room, now())) this.#send(row)
    }
  }

  /** Webhooks are anybody's, and share what there is in all. Mails, which people wait for, have room of their own. */
  #roomFor({ target, projectId }: Due): number {
    const own = perTarget - (this.#underWay.get(target) ?? 0)
    if (target === 'mail') return own
    const free = this.#inAll - this.#sending.size
    const share = Math.ceil((free - (this.#ofProject.get(projectId ?? '') ?? 0)) / 2)
    return Math.min(own, share)
  }

  #send(row: OutboxTable): void {
    this.#count(row, 1)
    const sending = this.#deliver(row)
      // It could not be marked: it is sent once more when its claim has run out.
      .catch(() => {})
      .finally(() => {
        this.#count(row, -1)
        this.#sending.delete(sending)
        void this.turn()
      })
    this.#sending.add(sending)
  }

  async #deliver(row: OutboxTable): Promise<void> {
    const kind = row.webhook_id === null ? 'mail' : 'webhook'
    const { database, now, metrics } = this.#model
    const began = performance.now()
    const outcome = await traced('delivery', { 'signet.kind': kind }, () => this.#attempt(row))
    metrics.deliverySeconds.observe((performance.now() - began) / 1000)
    const state = await database.transaction((tx) => finish(tx, row, outcome, { now: now(), random: this.#random() }))
    metrics.deliveries.add(kind, state === 'waiting' ? 'failed' : state)
    if (row.webhook_id !== null && outcome.failure !== null && outcome.gone) {
      // A turn of its own: it begins at the project, as whoever changes a webhook does.
      await database.transaction((tx) => switchOff(tx, row.webhook_id ?? ''))
    }
  }

  async #attempt(row: OutboxTable): Promise<Outcome> {
    const send = row.webhook_id === null ? this.#senders.mail : this.#senders.webhook
    try {
      return (await send?.(row)) ?? { status: null, failure: 'Nothing is set up that could send it.' }
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
      return { status: null, failure: 'It could not be sent; the server’s log says why.' }
    }
  }

  #count({ target, project_id: projectId }: OutboxTable, by: number): void {
    add(this.#underWay, target, by)
    if (projectId !== null) add(this.#ofProject, projectId, by)
  }
}

function add(counts: Map<string, number>, name: string, by: number): void {
  const count = (counts.get(name) ?? 0) + by
  if (count === 0) counts.delete(name)
  else counts.set(name, count)
}
