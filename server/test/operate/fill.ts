/** Rows for every table of a schema, whatever tables it has: in them all that a copy could get wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { migrate, type migrations } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { openFile, type Table, tablesInOrder } from '../../operate/sqlite-file.ts'

export type Row = Record<string, SQLInputValue>

/** Sorted by bytes, by language and without regard to case these stand in different orders. */
const beginnings = ['a', 'B', 'ä', '_', 'Z', 'é', '😀', 'b', '-', 'ß']
const json: Record<string, string> = {
  attributes: '{}',
  widget: '{}',
  tags: '[]',
  allowed_origins: '[]',
  scopes: '[]',
  attachments: '[]',
}

/** So many rows of each table, and of some more. */
export function fill(file: DatabaseSync, count: number, more: Record<string, number> = {}): void {
  const rows = new Map<string, Row[]>()
  file.exec('begin')
  for (const table of tablesInOrder(file)) {
    if (table.name === 'migrations') continue
    if (table.name === 'installation') file.exec('delete from installation')
    const wanted = table.name === 'installation' ? 1 : (more[table.name] ?? count)
    const made = Array.from({ length: wanted }, (_, index) => rowOf(file, table, index, rows))
    const places = table.columns.map(() => '?').join()
    const insert = file.prepare(`insert into "${table.name}" (${table.columns.map(quoted).join()}) values (${places})`)
    for (const row of made) insert.run(...table.columns.map((column) => row[column] ?? null))
    rows.set(table.name, made)
  }
  file.exec('commit')
}

export interface FilledTable {
  name: string
  columns: string[]
  rows: Record<string, string | number | null>[]
}

/** A file that the real steps have made, and what it holds; each table behind those that it refers to. */
export async function filledTables(steps: typeof migrations): Promise<FilledTable[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-filled-'))
  const path = join(folder, 'signet.db')
  const database = openSqlite(path)
  await migrate(database, steps).finally(() => database.close())
  const file = openFile(path)
  fill(file, 4)
  const tables = tablesInOrder(file).filter(({ name }) => name !== 'migrations')
  const filled = tables.map(({ name, columns }) => ({ name, columns, rows: allRows(file, { name }) }))
  file.close()
  rmSync(folder, { recursive: true })
  return filled as FilledTable[]
}

/** Every row of every table, sorted, each as text. */
export function contentsOf(file: DatabaseSync): Map<string, string[]> {
  return new Map(tablesInOrder(file).map((table) => [table.name, sortedRows(table, allRows(file, table))]))
}

const allRows = (file: DatabaseSync, { name }: Pick<Table, 'name'>): Row[] =>
  file.prepare(`select * from "${name}"`).all() as Row[]

export const sortedRows = ({ columns }: Pick<Table, 'columns'>, rows: Record<string, unknown>[]): string[] =>
  rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort()

function rowOf(file: DatabaseSync, { name }: Table, index: number, rows: Map<string, Row[]>): Row {
  const columns = file.prepare('select * from pragma_table_info(?)').all(name)
  const parents = file.prepare('select * from pragma_foreign_key_list(?)').all(name)
  const { sql } = file.prepare("select sql from sqlite_master where type = 'table' and name = ?").get(name) ?? {}
  return Object.fromEntries(
    columns.map((column) => {
      const field = String(column.name)
      const parent = parents.find(({ from }) => from === field)
      if (column.notnull === 0 && column.pk === 0 && index % 3 === 0) return [field, null]
      const others = parent && (rows.get(String(parent.table)) ?? [])
      if (parent && others) return [field, others[index % others.length]?.[String(parent.to ?? 'id')] ?? null]
      const among = allowedIn(String(sql), field)
      if (among.length > 0) return [field, among[index % among.length] ?? null]
      return [field, sampleOf(name, field, String(column.type).toLowerCase(), index)]
    }),
  )
}

function allowedIn(sql: string, field: string): SQLInputValue[] {
  if (new RegExp(`check \\(${field} = 1\\)`).test(sql)) return [1]
  const [, list = ''] = new RegExp(`check \\(${field} in \\(([^)]*)\\)`).exec(sql) ?? []
  return [...list.matchAll(/'([^']*)'/g)].map(([, value = '']) => value)
}

function sampleOf(table: string, field: string, type: string, index: number): SQLInputValue {
  if (type === 'text')
    return json[field] ?? `${beginnings[index % beginnings.length]} ${table}.${field} ${index} "'\\\n`
  if (type === 'integer') return index
  if (type === 'bigint') return 1_700_000_000_000 + index
  return index + 0.5
}

const quoted = (name: string) => `"${name}"`
