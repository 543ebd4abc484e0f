/**
 * Where sealed values stand. Whoever seals something in a new place adds the column here, or a rotation of the master
 * key would leave it behind; `server/test/keys/sealed-values.test.ts` watches over that.
 */
import type { Database, Transaction } from '../db/database.ts'

export interface SealedColumn {
  table: string
  /** Empty or null where nothing is sealed. */
  column: string
  /** What it is bound to, in SQL, as the code that seals it says it. */
  context: string
}

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'signing_keys', column: 'sealed', context: "project_id || ':' || id" },
  { table: 'webhooks', column: 'sealed', context: "'webhook:' || project_id || ':' || id" },
  { table: 'webhooks', column: 'previous_sealed', context: "'webhook:' || project_id || ':' || id" },
  { table: 'outbox', column: 'sealed', context: "'mail:' || id" },
]

export interface SealedValue {
  id: string
  sealed: string
  context: string
}

/** In the order of their ids, from behind this one on. */
export function sealedValues(
  { rows }: Pick<Transaction, 'rows'>,
  { table, column, context }: SealedColumn,
  after: string,
  most: number,
): Promise<SealedValue[]> {
  return rows(
    `select id, ${column} as sealed, ${context} as context from ${table}
     where ${column} <> '' and id > ? order by id limit ?`,
    [after, most],
  )
}

export async function isAnythingSealed(database: Pick<Database, 'rows'>): Promise<boolean> {
  for (const column of sealedColumns) {
    const [first] = await sealedValues(database, column, '', 1)
    if (first) return true
  }
  return false
}
