/** One statement for many rows, since each database has its own best way for that. */
import type { Transaction } from '../db/database.ts'

export interface ForEach {
  /** For one row; with the database in this very process, a prepared statement a row is the fastest there is. */
  sqlite: string
  /** For all rows, each column as an array: between two machines it is the round trips that cost. */
  postgres: string
}

/** Gives the rows of all answers; which belongs to which must be told from what is in them. */
export async function forEach<Row>(
  tx: Transaction,
  statement: ForEach,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Row[]> {
  const [first] = rows
  if (!first) return []
  if (tx.dialect === 'postgres') {
    const columns = first.map((_, column) => rows.map((row) => row[column] ?? null))
    return tx.rows<Row>(statement.postgres, columns)
  }
  const answers: Row[] = []
  for (const row of rows) answers.push(...(await tx.rows<Row>(statement.sqlite, row)))
  return answers
}
