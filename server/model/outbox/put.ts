import type { SqlValue, Transaction } from '../../db/database.ts'
import type { OutboxTable } from '../../db/outbox-tables.ts'
import type { Model } from '../model.ts'

/** So long something is tried (WH4). */
export const triedForMs = 3 * 86_400_000

/** Wakes whoever delivers. */
export const outboxTopic = 'outbox'

type Given = Pick<OutboxTable, 'id' | 'target' | 'type' | 'body'> &
  Partial<Pick<OutboxTable, 'sealed' | 'webhook_id' | 'project_id' | 'visitor_id' | 'lane' | 'position' | 'expires_at'>>

export function newDelivery(now: number, given: Given): OutboxTable {
  return {
    webhook_id: null,
    project_id: null,
    visitor_id: null,
    lane: null,
    position: 0,
    sealed: '',
    expires_at: now + triedForMs,
    ...given,
    state: 'waiting',
    attempts: 0,
    due_at: now,
    claimed_until: 0,
    tried_at: null,
    status: null,
    failure: null,
    created_at: now,
    finished_at: null,
  }
}

/** In the transaction of what it tells of: all of it, as one insertion where that is the faster way. */
export async function putInOutbox(
  tx: Transaction,
  { bus }: Pick<Model, 'bus'>,
  deliveries: readonly OutboxTable[],
): Promise<void> {
  if (deliveries.length === 0) return
  if (tx.dialect === 'postgres') {
    const columns = columnNames.map((name) => deliveries.map((delivery) => delivery[name]))
    await tx.rows(insertArrays, columns satisfies SqlValue[])
  } else {
    for (const delivery of deliveries)
      await tx.rows(
        insertOne,
        columnNames.map((name) => delivery[name]),
      )
  }
  tx.onCommit(() => bus.publish(outboxTopic, null))
}

/** The type in PostgreSQL of each column. */
const columns = {
  id: 'text',
  target: 'text',
  webhook_id: 'text',
  project_id: 'text',
  type: 'text',
  visitor_id: 'text',
  lane: 'text',
  position: 'bigint',
  body: 'text',
  sealed: 'text',
  state: 'text',
  attempts: 'integer',
  due_at: 'bigint',
  claimed_until: 'bigint',
  expires_at: 'bigint',
  tried_at: 'bigint',
  status: 'integer',
  failure: 'text',
  created_at: 'bigint',
  finished_at: 'bigint',
} as const satisfies Record<keyof OutboxTable, string>

const columnNames = Object.keys(columns) as (keyof OutboxTable)[]

const insertOne = `insert into outbox (${columnNames.join(', ')}) values (${columnNames.map(() => '?').join(', ')})`

const insertArrays = `insert into outbox (${columnNames.join(', ')})
  select * from unnest(${columnNames.map((name) => `?::${columns[name]}[]`).join(', ')})`
