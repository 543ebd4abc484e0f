import { expect, test } from 'vitest'
import { sources } from '../sources.ts'
import { strayAwaits } from '../transactions.ts'

const awaited = (text: string) => strayAwaits({ path: 'server/model/visitor.ts', text })

test('[DL2] the server awaits nothing inside a turn but the turn', () => {
  expect(sources('server/**/*.ts').flatMap(strayAwaits)).toEqual([])
})

test.each([
  'await database.transaction(async (tx) => { await fetch(url) })',
  'await database.transaction(async (tx) => { await tx.query(a); await database.read(b) })',
  'await database.transaction(async (turn) => { await visitor(turn); await sleep(1) })',
  'await this.database.transaction(async (tx) => { await argon2(password) })',
  'await database.transaction(async (tx) => await fetch(url))',
  'await database.transaction(async (tx) => { for await (const row of rows) tx.insert(row) })',
  'await database.transaction(async (tx) => { if (a) { await (async () => { await fetch(url) })(tx) } })',
  'export async function open(tx: Transaction, token: string) { await verify(token) }',
  'const open = async (tx: Transaction) => { await other.tx() }',
  'async function open(tx: Transaction) { const rows = await tx.rows(a); await fetch(rows[0].url) }',
  'class Batch { #tx; async store() { await fetch(this.url) } }',
  'class Batch { #tx; async store() { await database.read(tx) } }',
])('refuses: %s', (text) => {
  expect(awaited(text)).toHaveLength(1)
})

test.each([
  'await database.transaction(async (tx) => { await tx.insert(row) })',
  'await database.transaction(async (tx) => { await append(tx, message) })',
  'await database.transaction(async (tx) => { await Promise.all(rows.map((row) => tx.insert(row))) })',
  'await database.transaction(async (tx) => tx.insert(row)); await fetch(url)',
  'const token = await verify(); await database.transaction((tx) => tx.insert(token))',
  'export async function open(tx: Transaction) { await tx.insert(row) }',
  'async function store(tx: Transaction) { const batch = new Batch(tx); await batch.store() }',
  'class Batch { #tx; async store() { await this.#tx.insert(row); await this.#more() } async #more() {} }',
  'class Batch { #database; async store() { await fetch(url) } }',
])('allows: %s', (text) => {
  expect(awaited(text)).toEqual([])
})

test('names the file and the line', () => {
  const text = 'await database.transaction(async (tx) => {\n  await fetch(url)\n})'
  expect(awaited(text)).toEqual(["server/model/visitor.ts:2 awaits inside a turn what is not the turn's"])
})
