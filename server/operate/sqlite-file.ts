/** SQLite's file, as commands look at it: past the server, table by table. */
import { DatabaseSync } from 'node:sqlite'
import { CommandError } from './command.ts'

export function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('pragma busy_timeout = 10000; pragma synchronous = full; pragma foreign_keys = on')
  return database
}

/** Without what SQLite keeps for itself: indexes of full texts and their like. */
export function tablesOf(database: DatabaseSync): string[] {
  const tables = database.prepare("select name from pragma_table_list where schema = 'main' and type = 'table'").all()
  return tables
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('sqlite_'))
    .sort()
}

export function rowsByTable(database: DatabaseSync): Record<string, number> {
  return Object.fromEntries(
    tablesOf(database).map((table) => [table, one(database, `select count(*) from "${table}"`)]),
  )
}

export function one<Value>(database: DatabaseSync, sql: string): Value {
  const [value] = Object.values(database.prepare(sql).get() ?? {})
  return value as Value
}

export function requireSound(database: DatabaseSync): void {
  const verdict = one<string>(database, 'pragma quick_check(1)')
  if (verdict !== 'ok') throw new CommandError(`The database is damaged: ${verdict}`)
}

export interface Table {
  name: string
  columns: string[]
  /** Of its primary key. */
  key: { name: string; isText: boolean }[]
}

/** Each behind those that it refers to. */
export function tablesInOrder(database: DatabaseSync): Table[] {
  const left = new Map(tablesOf(database).map((name) => [name, referredTo(database, name)]))
  const ordered: Table[] = []
  while (left.size > 0) {
    const free = [...left].filter(([name, others]) => others.every((other) => other === name || !left.has(other)))
    if (free.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...left.keys()]}`)
    for (const [name] of free) {
      left.delete(name)
      ordered.push(describe(database, name))
    }
  }
  return ordered
}

function referredTo(database: DatabaseSync, name: string): string[] {
  return database
    .prepare('select "table" as other from pragma_foreign_key_list(?)')
    .all(name)
    .map(({ other }) => String(other))
}

function describe(database: DatabaseSync, name: string): Table {
  const columns = database.prepare('select name, type, pk from pragma_table_info(?) order by cid').all(name)
  const key = columns
    .filter(({ pk }) => Number(pk) > 0)
    .sort((one, other) => Number(one.pk) - Number(other.pk))
    .map((column) => ({ name: String(column.name), isText: String(column.type).toLowerCase() === 'text' }))
  if (key.length === 0) throw new Error(`The table ${name} has no primary key.`)
  return { name, columns: columns.map((column) => String(column.name)), key }
}
