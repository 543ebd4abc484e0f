/**
 * What closes doors: revocations, sign-outs, bans, changed roles (VS16).
 *
 * Each is a row with the next security number, written in the transaction that causes it. Every node reads the
 * counter every 300 ms and acts on what is new; the bus only makes that faster. Nothing here depends on a signal
 * that may get lost. A node that has not been able to read for a second is not `fresh`, and then nobody may rely
 * on what it keeps in memory.
 *
 * Events are kept for a day, the counter for good. A node that has stood still for longer finds a hole before what it
 * reads: it cannot know what it has missed, and begins as if it had just started.
 */
import type { Bus } from '../bus/bus.ts'
import type { Database, Transaction } from '../db/database.ts'
import { type ForEach, forEach } from './for-each.ts'

export type SecurityEvent =
  | { kind: 'keys_changed'; projectId: string; subjectId: string }
  | { kind: 'key_revoked'; projectId: string; subjectId: string }
  | { kind: 'visitor_session_ended'; projectId: string; subjectId: string; reason: string }
  | { kind: 'visitor_sessions_ended'; projectId: string; subjectId: string }
  | { kind: 'visitor_session_renewed'; projectId: string; subjectId: string }
  | { kind: 'agent_session_ended'; projectId: null; subjectId: string }
  | { kind: 'membership_changed'; projectId: string; subjectId: string }
  | { kind: 'project_changed'; projectId: string; subjectId: string }

type Row = { number: number; kind: string; project_id: string | null; subject_id: string; reason: string | null }

const topic = 'security'
export const securityPollMs = 300
const staleAfterMs = 1_000
const keptMs = 86_400_000

type Acting = { bus: Bus; now(): number }

/**
 * Writes the event in the caller's transaction and wakes every node after its commit. To be called last: it locks the
 * counter, and who took a project's number after it could wait for somebody who waits for him.
 */
export function recordSecurityEvent(tx: Transaction, model: Acting, event: SecurityEvent): Promise<void> {
  return recordSecurityEvents(tx, model, [event])
}

export async function recordSecurityEvents(
  tx: Transaction,
  model: Acting,
  events: readonly SecurityEvent[],
): Promise<void> {
  if (events.length === 0) return
  const [counter] = await tx.rows<{ security_number: number }>(
    'update installation set security_number = security_number + ? returning security_number',
    [events.length],
  )
  const newest = counter?.security_number ?? 0
  const at = model.now()
  await forEach(
    tx,
    insertEvent,
    events.map((event, index) => [
      ...[newest - events.length + 1 + index, event.kind, event.projectId],
      ...[event.subjectId, 'reason' in event ? event.reason : null, at],
    ]),
  )
  tx.onCommit(() => model.bus.publish(topic, newest))
}

const insertEvent: ForEach = {
  sqlite: `insert into security_events (number, kind, project_id, subject_id, reason, created_at)
     values (?, ?, ?, ?, ?, ?)`,
  postgres: `insert into security_events (number, kind, project_id, subject_id, reason, created_at)
     select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])`,
}

/** Reads the counter every 300 ms, and tells its listeners of each event once, in order (VS16). */
export class SecurityWatch {
  #database: Database
  #bus: Bus
  #now: () => number
  #number = 0
  #readAt = Number.NEGATIVE_INFINITY
  #listeners: ((event: SecurityEvent) => void)[] = []
  #missed: () => void = () => {}
  #reading: Promise<void> | undefined
  #again = false
  #timer: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined

  constructor(parts: { database: Database; bus: Bus; now(): number }) {
    this.#database = parts.database
    this.#bus = parts.bus
    this.#now = parts.now
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#bus.subscribe(topic, () => void this.read())
    this.#number = await this.#currentNumber()
    this.#readAt = this.#now()
    this.#timer = setInterval(() => void this.read(), securityPollMs)
    this.#timer.unref()
  }

  onEvent(listener: (event: SecurityEvent) => void): void {
    this.#listeners.push(listener)
  }

  /** When it cannot be known what has happened: nothing that is kept in memory may be believed any more. */
  onMissed(missed: () => void): void {
    this.#missed = missed
  }

  /** False when this node has not heard from the database for a second: trust nothing kept in memory. */
  fresh(): boolean {
    const age = this.#now() - this.#readAt
    // Read later than now: the clock was set back, and says nothing of how long ago that was.
    return age >= 0 && age <= staleAfterMs
  }

  /** Reads what is new. A call during a reading starts another one after it, so that nothing is waited out. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true
      return this.#reading
    }
    this.#reading = this.#readAll()
    await this.#reading
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#unsubscribe?.()
  }

  async #readAll(): Promise<void> {
    try {
      do {
        this.#again = false
        await this.#readOnce()
      } while (this.#again)
    } catch {
      // The database does not answer: `fresh` says so soon enough.
    } finally {
      this.#reading = undefined
    }
  }

  async #readOnce(): Promise<void> {
    const startedAt = this.#now()
    const number = await this.#currentNumber()
    if (number > this.#number) {
      const rows = await this.#database.rows<Row>('select * from security_events where number > ? order by number', [
        this.#number,
      ])
      if (rows[0]?.number !== this.#number + 1) {
        this.#missed()
        // What has gone is below what is left.
        this.#number = number
      }
      for (const row of rows) {
        this.#number = Math.max(this.#number, row.number)
        const event = eventFromRow(row)
        for (const listener of this.#listeners) listener(event)
      }
    }
    this.#readAt = startedAt
  }

  async #currentNumber(): Promise<number> {
    const [row] = await this.#database.rows<{ security_number: number }>('select security_number from installation', [])
    return row?.security_number ?? 0
  }
}

/** What every node has read long ago. The oldest are looked at, and no more of them: there may be a million. */
export async function pruneSecurityEvents(
  { database, now }: { database: Database; now(): number },
  most: number,
): Promise<boolean> {
  const gone = await database.transaction((tx) =>
    tx.rows(
      `delete from security_events where number in (
         select o.number from (select number, created_at from security_events order by number limit ?) o
         where o.created_at <= ?) returning number`,
      [most, now() - keptMs],
    ),
  )
  return gone.length === most
}

function eventFromRow(row: Row): SecurityEvent {
  return { kind: row.kind, projectId: row.project_id, subjectId: row.subject_id, reason: row.reason } as SecurityEvent
}
