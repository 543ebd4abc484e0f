/** One table from SQLite to PostgreSQL, and both sides compared. Bytes are sorted alike on both: by `collate "C"`. */
import { createHash } from 'node:crypto'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type pg from 'pg'
import { CommandError } from './command.ts'
import type { Table } from './sqlite-file.ts'

type Row = Record<string, unknown>

const rowsPerBatch = 500
const rowsPerReading = 2_000

export async function copyTable(client: pg.Client, source: DatabaseSync, table: Table): Promise<void> {
  const columns = list(table.columns)
  const keys = list(table.key.map(({ name }) => name))
  const order = `order by ${keys} limit ${rowsPerBatch}`
  const places = table.key.map(() => '?').join()
  const first = source.prepare(`select ${columns} from "${table.name}" ${order}`)
  const next = source.prepare(`select ${columns} from "${table.name}" where (${keys}) > (${places}) ${order}`)
  let last = await lastRow(client, table)
  for (;;) {
    const rows: Row[] = last ? next.all(...keyOf(table, last)) : first.all()
    last = rows.at(-1)
    if (!last) return
    await insert(client, table, rows)
  }
}

/** Both sides row for row; the checksum is over all of them. */
export async function compareTable(
  client: pg.Client,
  source: DatabaseSync,
  table: Table,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  const here = source
    .prepare(`select ${list(table.columns)} from "${table.name}" order by ${list(table.key.map(({ name }) => name))}`)
    .iterate()
  for await (const there of rowsThere(client, table)) {
    const text = JSON.stringify(valuesOf(table, there))
    const expected: Row | undefined = here.next().value
    if (!expected || JSON.stringify(valuesOf(table, expected)) !== text) throw different(table, there)
    hash.update(text)
    rows++
  }
  const missing: Row | undefined = here.next().value
  if (missing) throw different(table, missing)
  return { rows, sha256: hash.digest('hex') }
}

async function* rowsThere(client: pg.Client, table: Table): AsyncGenerator<Row> {
  await client.query('begin isolation level repeatable read, read only')
  try {
    const order = table.key.map(ordered).join()
    await client.query(`declare moved cursor for select ${list(table.columns)} from "${table.name}" order by ${order}`)
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${rowsPerReading} from moved`)
      if (rows.length === 0) return
      yield* rows
    }
  } finally {
    await client.query('rollback')
  }
}

async function lastRow(client: pg.Client, table: Table): Promise<Row | undefined> {
  const order = table.key.map((key) => `${ordered(key)} desc`).join()
  const { rows } = await client.query<Row>(
    `select ${list(table.key.map(({ name }) => name))} from "${table.name}" order by ${order} limit 1`,
  )
  return rows[0]
}

/** One statement, and so one transaction. */
async function insert(client: pg.Client, table: Table, rows: Row[]): Promise<void> {
  const width = table.columns.length
  const places = rows.map(
    (_, row) => `(${table.columns.map((_name, column) => `$${row * width + column + 1}`).join()})`,
  )
  const values = rows.flatMap((row) => valuesOf(table, row))
  const statement = `insert into "${table.name}" (${list(table.columns)}) values ${places.join()}`
  await client.query(statement, values).catch((error: Error) => {
    const between = [rows[0], rows.at(-1)].map((row) => keyOf(table, row ?? {}).join(' ')).join(' to ')
    throw new CommandError(`PostgreSQL refuses rows of ${table.name}, from ${between}: ${error.message}`)
  })
}

const ordered = ({ name, isText }: Table['key'][number]): string => `"${name}"${isText ? ' collate "C"' : ''}`

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join()

const valuesOf = ({ columns }: Table, row: Row): unknown[] => columns.map((column) => row[column])

const keyOf = ({ key }: Table, row: Row): SQLInputValue[] => key.map(({ name }) => row[name] as SQLInputValue)

function different(table: Table, row: Row): CommandError {
  return new CommandError(`${table.name} is not the same on both sides, at ${keyOf(table, row).join(' ')}.`)
}
