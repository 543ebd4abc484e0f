import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import { holdFolder } from '../../db/data-folder.ts'
import { migrate } from '../../db/migrate.ts'
import { getTypeParser, openPostgres } from '../../db/postgres.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { newFileName, openFileStore } from '../../files/store.ts'
import { checkFor } from '../../keys/master-key.ts'
import { moveToPostgres } from '../../operate/move-to-postgres.ts'
import { recoverOwner } from '../../operate/recover-owner.ts'
import { restore } from '../../operate/restore.ts'
import { rotateMasterKey } from '../../operate/rotate-master-key.ts'
import { one, openFile, tablesInOrder } from '../../operate/sqlite-file.ts'
import { openBucket } from '../bucket.ts'
import { until } from '../cluster/until.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, Signet } from '../signet.ts'
import { type Environment, killedAfter, randomFrom, run, spawnCommand } from './commands.ts'
import { contentsOf, fill, sortedRows } from './fill.ts'

const masterKey = randomBytes(32)
const seed = 26

let postgres: TestPostgres
let dataDir: string
let url: string
let environment: Environment

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.stop(), 60_000)

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-move-'))
  url = await postgres.createDatabase()
  environment = { DATA_DIR: dataDir, DATABASE_URL: url, SIGNET_MASTER_KEY: masterKey.toString('hex') }
  return () => rmSync(dataDir, { recursive: true, force: true })
})

async function makeSource(count: number, more: Record<string, number> = {}): Promise<void> {
  const database = openSqlite(join(dataDir, 'signet.db'))
  await migrate(database)
  await database.close()
  withSource((file) => {
    fill(file, count, more)
    file
      .prepare("update installation set epoch = 'before', master_key_check = ?, master_key_check_before = null")
      .run(checkFor(masterKey))
  })
}

function withSource<Result>(look: (file: ReturnType<typeof openFile>) => Result): Result {
  const file = openFile(join(dataDir, 'signet.db'))
  try {
    return look(file)
  } finally {
    file.close()
  }
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser } })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

async function contentsThere(): Promise<Map<string, string[]>> {
  const tables = withSource(tablesInOrder)
  const contents = new Map<string, string[]>()
  for (const table of tables) contents.set(table.name, sortedRows(table, await query(`select * from "${table.name}"`)))
  return contents
}

const move = () => run(moveToPostgres, [], environment)
const epochThere = async () => (await query('select epoch from installation'))[0]?.epoch
const epochHere = () => withSource((file) => one<string>(file, 'select epoch from installation'))

describe('[HT5] bin/move-to-postgres', () => {
  test('moves every row of every table as it is, in one go', async () => {
    await makeSource(12)
    const before = withSource(contentsOf)
    expect(await move()).toMatchObject({ code: 0, complained: '' })
    expect(await contentsThere()).toEqual(before)
    // Nothing counts there by itself, and so no counter has to be brought along.
    expect(await query('select 1 from pg_sequences where schemaname = current_schema()')).toEqual([])
    const database = openPostgres(url, () => {})
    await migrate(database)
    await database.close()
  }, 60_000)

  test('goes on where it was killed, as often as it is, and servers stay away until it is through', async () => {
    await makeSource(100, { messages: 2_500 })
    const before = withSource(contentsOf)
    const random = randomFrom(seed)
    const tables = withSource(tablesInOrder).filter(({ name }) => name !== 'migrations' && name !== 'installation')
    const places = [tables[Math.floor(random() * tables.length)]?.name ?? '', 'messages']
    for (const place of places) {
      const child = spawnCommand('move-to-postgres', [], environment)
      const ended = killedAfter(child, 60_000)
      await until(() =>
        query(`select 1 from "${place}" limit 1`).then(
          ({ length }) => length > 0,
          () => false,
        ),
      )
      await new Promise((resolve) => setTimeout(resolve, random() * 30))
      child.kill('SIGKILL')
      // It may have come to its end just before.
      if (!(await ended)) break
      const database = openPostgres(url, () => {})
      await expect(migrate(database)).rejects.toThrow('has not finished: run bin/move-to-postgres again')
      await database.close()
    }
    expect(await move()).toMatchObject({ code: 0, complained: '' })
    expect(await contentsThere()).toEqual(before)
  }, 120_000)

  test('[DL4] the epoch moves along, and what stays behind has another one and keeps servers away', async () => {
    await makeSource(3)
    const epoch = epochHere()
    await move()
    expect(await epochThere()).toBe(epoch)
    expect(epochHere()).not.toBe(epoch)
    expect(existsSync(join(dataDir, 'do-not-start.txt'))).toBe(true)
    const again = await move()
    expect(again).toMatchObject({ code: 0 })
    expect(again.said).toContain('were moved to PostgreSQL')
  }, 60_000)

  test('finds a row that has become another one over there', async () => {
    await makeSource(12)
    const epoch = epochHere()
    await move()
    await query("update messages set attributes = '{} ' where seq = 7")
    await query(`insert into migrations values ('moving ${epoch}')`)
    withSource((file) => file.prepare('update installation set epoch = ?').run(epoch))
    rmSync(join(dataDir, 'do-not-start.txt'))
    expect((await move()).complained).toContain('messages is not the same on both sides')
    expect(existsSync(join(dataDir, 'do-not-start.txt'))).toBe(false)
  }, 60_000)

  test('[SS4][SS10] there, too, the master key is rotated and an owner recovered beside a node that runs', async () => {
    const next = randomBytes(32)
    const config = { databaseUrl: url, masterKey, nextMasterKey: next }
    const signet = await Signet.start({ config })
    const shop = await Shop.open(signet)
    const keys = { ...environment, SIGNET_MASTER_KEY_NEXT: next.toString('hex') }
    expect(await run(rotateMasterKey, [], keys)).toMatchObject({ code: 0, complained: '' })
    signet.app.model.keys.forget(shop.id)
    expect((await shop.signIn()).visitor.verified).toBe(true)
    const socket = await shop.connectAgent(shop.owner)
    expect(await run(recoverOwner, [shop.owner.email], keys)).toMatchObject({ code: 0, complained: '' })
    await socket.closed
    await signet.stop()
    const epoch = await epochThere()
    expect(await run(restore, ['--new-epoch'], keys)).toMatchObject({ code: 0, complained: '' })
    expect(await epochThere()).not.toBe(epoch)
  }, 60_000)

  test('refuses a target with data, or with half of another move, and a folder in use', async () => {
    await makeSource(3)
    const database = openPostgres(url, () => {})
    await migrate(database)
    await database.close()
    await query(`insert into agents values ('x', 'Eve', 'eve', 'eve', 'none', 0)`)
    expect((await move()).complained).toContain('holds data already (agents)')
    await query("insert into migrations values ('moving elsewhere')")
    expect((await move()).complained).toContain('holds half of a move from another folder')
    const hold = holdFolder(dataDir)
    expect((await move()).complained).toContain('Stop it first')
    hold.release()
    environment.SIGNET_MASTER_KEY = randomBytes(32).toString('hex')
    expect((await move()).complained).toContain('SIGNET_MASTER_KEY is not the key')
  }, 60_000)

  test('[AT9] leaves the files of attachments where they are, or takes them into a bucket, each compared', async () => {
    await makeSource(1)
    const files = writeFiles(2)
    expect((await move()).said).toContain(`stay in ${join(dataDir, 'files')}`)
    await using bucket = await makeBucket()
    writeFileSync(join(dataDir, 'half'), 'half of')
    await bucket.store.put([...files.keys()][0] ?? '', join(dataDir, 'half'))
    for (let time = 0; time < 2; time++) {
      expect(await move()).toMatchObject({
        code: 0,
        said: expect.stringContaining('2 files of attachments are in the'),
      })
      expect(await bucket.holds(files)).toEqual(files)
    }
    expect(existsSync(join(dataDir, 'files', [...files.keys()][0] ?? ''))).toBe(true)
  }, 60_000)

  test('[AT9] killed while it takes them there, servers stay away, and run again it has every row and byte', async () => {
    await makeSource(5)
    const files = writeFiles(30)
    const before = withSource(contentsOf)
    await using bucket = await makeBucket()
    const child = spawnCommand('move-to-postgres', [], environment)
    const ended = killedAfter(child, 60_000)
    await until(() => bucket.count() >= 3, 50_000)
    child.kill('SIGKILL')
    expect([await ended, bucket.count() < 30]).toEqual([true, true])
    const database = openPostgres(url, () => {})
    await expect(migrate(database)).rejects.toThrow('has not finished: run bin/move-to-postgres again')
    await database.close()
    expect(await move()).toMatchObject({ code: 0, complained: '' })
    expect(await contentsThere()).toEqual(before)
    expect(await bucket.holds(files)).toEqual(files)
  }, 60_000)
})

/** What is in each of so many files of the data folder, by name. */
function writeFiles(count: number): Map<string, string> {
  const files = new Map(Array.from({ length: count }, () => newFileName()).map((file) => [file, `of ${file}`]))
  for (const [file, bytes] of files) {
    mkdirSync(join(dataDir, 'files', file, '..'), { recursive: true })
    writeFileSync(join(dataDir, 'files', file), bytes)
  }
  return files
}

/** The command is told of it from now on. */
async function makeBucket() {
  const bucket = await openBucket(join(dataDir, 's3'))
  environment = { ...environment, ...bucket.environment }
  const store = await openFileStore(readConfig(environment))
  const read = async (file: string) => text((await store.get(file)) ?? Readable.from([]))
  return {
    store,
    count: bucket.count,
    async holds(files: Map<string, string>) {
      return new Map(await Promise.all([...files.keys()].map(async (file) => [file, await read(file)] as const)))
    },
    async [Symbol.asyncDispose]() {
      store.close()
      await bucket.close()
    },
  }
}
