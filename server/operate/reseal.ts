/**
 * From one master key to another. First the database says that the new one is written with: whoever seals something
 * asks it in the same turn, so from there on nothing new comes under the old one, and what is left only gets less.
 */
import type { Database, Transaction } from '../db/database.ts'
import { aloneWithMasterKey, checkFor, opens } from '../keys/master-key.ts'
import { MasterKeyError } from '../keys/master-key-error.ts'
import { seal, unseal } from '../keys/seal.ts'
import { type SealedColumn, type SealedValue, sealedColumns, sealedValues } from '../keys/sealed-values.ts'

const valuesPerTurn = 100

/** How many values are under the new key now. */
export async function reseal(database: Database, from: Uint8Array, to: Uint8Array): Promise<number> {
  await database.transaction((tx) => writeWith(tx, from, to))
  let count = 0
  for (const column of sealedColumns) {
    let last: string | undefined = ''
    while (last !== undefined) {
      const after: string = last
      const turn = await database.transaction((tx) => resealSome(tx, column, after, from, to))
      count += turn.count
      last = turn.last
    }
  }
  await database.transaction((tx) => forgetOld(tx))
  return count
}

async function writeWith(tx: Transaction, from: Uint8Array, to: Uint8Array): Promise<void> {
  await aloneWithMasterKey(tx)
  const row = await tx.query
    .selectFrom('installation')
    .select(['master_key_check as check', 'master_key_check_before as before'])
    .executeTakeFirstOrThrow()
  if (row.check !== null && opens(to, row.check)) return
  if (row.before !== null) {
    throw new MasterKeyError('A rotation to another key has not finished. Run it to its end with those keys first.')
  }
  if (row.check !== null && !opens(from, row.check)) {
    throw new MasterKeyError('The old key is not the one that this database was encrypted with.')
  }
  await tx.query
    .updateTable('installation')
    .set({ master_key_check: checkFor(to), master_key_check_before: row.check })
    .execute()
}

async function resealSome(tx: Transaction, column: SealedColumn, after: string, from: Uint8Array, to: Uint8Array) {
  const values = await sealedValues(tx, column, after, valuesPerTurn)
  for (const value of values) {
    const moved = movedTo(column, value, from, to)
    if (moved === value.sealed) continue
    // It may have been erased meanwhile.
    await tx.rows(
      `update ${column.table} set ${column.column} = ? where id = ? and ${column.column} = ? returning id`,
      [moved, value.id, value.sealed],
    )
  }
  return { count: values.length, last: values.at(-1)?.id }
}

function movedTo({ table }: SealedColumn, { id, sealed, context }: SealedValue, from: Uint8Array, to: Uint8Array) {
  if (unseal(to, sealed, context) !== undefined) return sealed
  const text = unseal(from, sealed, context)
  if (text === undefined) throw new MasterKeyError(`${table} ${id} opens with neither of the two keys.`)
  return seal(to, text, context)
}

async function forgetOld(tx: Transaction): Promise<void> {
  await aloneWithMasterKey(tx)
  await tx.query.updateTable('installation').set({ master_key_check_before: null }).execute()
}
