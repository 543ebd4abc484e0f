/**
 * While a new version is brought in, nodes of the one before run on its database, and write. So a step may only add:
 * a table, an index, a column that whoever does not know it may leave out. From 0005 on, the first that came to
 * somebody who runs more than one node.
 */
import { expect, test } from 'vitest'
import { migrations } from '../../db/migrate.ts'

interface Step {
  name: string
  statements: readonly string[]
  postgres?: readonly string[]
}

const first = '0005'

/** What of these steps a node of the version before could stumble over, a sentence each. */
function breaks({ name, statements: shared, postgres = [] }: Step): string[] {
  const statements = [...shared, ...postgres]
  const made = new Set(statements.flatMap((sql) => /^create table (\w+)/.exec(sql)?.slice(1) ?? []))
  const added = new Set(statements.flatMap((sql) => columnOf(sql) ?? []))
  return statements.filter((sql) => !isHarmless(sql.trim(), made, added)).map((sql) => `${name}: ${sql}`)
}

function isHarmless(sql: string, made: Set<string>, added: Set<string>): boolean {
  if (/^create table \w+/.test(sql) || /^create index \w+ on/.test(sql) || /^drop index \w+$/.test(sql)) return true
  const column = columnOf(sql)
  if (column) return !/not null/.test(sql) || /default/.test(sql)
  // Of the tables and columns that only this version knows.
  const [, unique, columns = ''] = /^create unique index \w+ on (\w+) \(([^)]*)\)/.exec(sql) ?? []
  if (unique && columns.split(', ').every((name) => added.has(name))) return true
  const written = /^(?:insert into|update) (\w+)/.exec(sql)?.[1]
  if (made.has(unique ?? written ?? '')) return true
  const set = /^update \w+ set (\w+) = [^,]*$/.exec(sql)?.[1]
  return set !== undefined && added.has(set)
}

const columnOf = (sql: string): string | undefined =>
  /^alter table \w+ add column (\w+) (?!.*\b(?:unique|check|primary)\b)/.exec(sql.trim())?.[1]

test('[DL9] no step takes from the version before what it reads or writes', () => {
  const steps = migrations.filter(({ name }) => name >= first)
  expect(steps.flatMap(breaks)).toEqual([])
})

test.each([
  ['alter table agents drop column name'],
  ['alter table agents rename column name to called'],
  ['alter table agents add column rank integer not null'],
  ['alter table agents add column badge text unique'],
  ['create unique index agents_by_name on agents (name)'],
  ['drop table bans'],
  ["update agents set name = ''"],
  ["insert into agents (id) values ('x')"],
])('[DL9] %s would be found', (sql) => {
  expect(breaks({ name: 'x', statements: [sql] })).toHaveLength(1)
})

test('names are in order, and steps are numbered once', () => {
  const names = migrations.map(({ name }) => name)
  expect(names).toEqual(names.toSorted())
  expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length)
})
