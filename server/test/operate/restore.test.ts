import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { backup } from '../../operate/backup.ts'
import { manifestFile } from '../../operate/manifest.ts'
import { restore } from '../../operate/restore.ts'
import { one, openFile } from '../../operate/sqlite-file.ts'
import { until } from '../cluster/until.ts'
import { Shop, Signet } from '../signet.ts'
import { type Environment, killedAfter, randomFrom, run, spawnCommand } from './commands.ts'
import { contentsOf, fill } from './fill.ts'

const seed = 5
const oldKey = Buffer.alloc(32, 7).toString('base64')

let scratch: string
let dataDir: string
let target: string
let environment: Environment

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'signet-restore-'))
  dataDir = join(scratch, 'data')
  target = join(scratch, 'backups')
  mkdirSync(dataDir)
  environment = { DATA_DIR: dataDir }
  return () => rmSync(scratch, { recursive: true, force: true })
})

async function makeBackup(...options: string[]): Promise<string> {
  rmSync(target, { recursive: true, force: true })
  expect(await run(backup, [...options, target], environment)).toMatchObject({ code: 0 })
  const name = readdirSync(target).find((one) => one.startsWith('signet-'))
  return join(target, name ?? '')
}

async function makeSource(count: number, more: Record<string, number> = {}): Promise<void> {
  const database = openSqlite(join(dataDir, 'signet.db'))
  await migrate(database)
  await database.close()
  withFile((file) => {
    fill(file, count, more)
    file.exec("update installation set epoch = 'the one before'")
  })
}

function withFile<Result>(look: (file: ReturnType<typeof openFile>) => Result, folder = dataDir): Result {
  const file = openFile(join(folder, 'signet.db'))
  try {
    return look(file)
  } finally {
    file.close()
  }
}

const epoch = (folder = dataDir) => withFile((file) => one<string>(file, 'select epoch from installation'), folder)

/** Of everything but the epoch. */
function contents(folder: string): string {
  const all = withFile(contentsOf, folder)
  const own = epoch(folder)
  const rows = [...all].flatMap(([name, rows]) => [name, ...rows.map((row) => row.replaceAll(own, ''))])
  return createHash('sha256').update(rows.join('\n')).digest('hex')
}

const bringBack = (...typed: string[]) => run(restore, typed, environment)

describe('[HT5] bin/restore', () => {
  test('[DL4] brings back every row of every table, in another epoch', async () => {
    await makeSource(12)
    const before = contents(dataDir)
    const folder = await makeBackup()
    rmSync(dataDir, { recursive: true })
    expect(await bringBack(folder)).toMatchObject({ code: 0, complained: '' })
    expect(contents(dataDir)).toEqual(before)
    expect(epoch()).not.toBe('the one before')
  })

  test('[DL4][VT5] a server runs on it: the secret signs, the session is good, and a cursor from before starts anew', async () => {
    const signet = await Signet.start({ dataDir })
    const shop = await Shop.open(signet)
    const { session } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId } = await socket.write('kept')
    const cursor = socket.cursor
    const folder = await makeBackup('--with-master-key')
    await socket.write('lost', conversationId)
    await signet.stop()
    rmSync(dataDir, { recursive: true })
    expect(await bringBack(folder)).toMatchObject({ code: 0, complained: '' })
    const again = await Signet.start({ dataDir })
    const { visitor } = await again.anybody.call('POST /projects/:project/visitor-sessions', {
      params: { project: shop.id },
      body: { token: shop.token() },
    })
    const back = await again.open().opened()
    back.say({ type: 'hello', v: 1, project: shop.id, session, cursor })
    await back.next('reset')
    expect(visitor.verified).toBe(true)
    await again.stop()
  })

  test('overwrites nothing unless told to, and then keeps what was there', async () => {
    await makeSource(3)
    writeFileSync(join(dataDir, 'master.key'), oldKey)
    const folder = await makeBackup()
    withFile((file) => file.exec("update agents set name = 'changed since'"))
    const changed = contents(dataDir)
    const refused = await bringBack(folder)
    expect(refused.complained).toContain('holds data already. With --force')
    expect(contents(dataDir)).toEqual(changed)
    expect(await bringBack('--force', folder)).toMatchObject({ code: 0, complained: '' })
    expect(withFile((file) => one(file, "select count(*) from agents where name = 'changed since'"))).toBe(0)
    const kept = join(dataDir, readdirSync(dataDir).find((name) => name.startsWith('before-restore')) ?? '')
    expect(contents(kept)).toEqual(changed)
    expect(readFileSync(join(kept, 'master.key'), 'utf8')).toBe(oldKey)
  })

  test('refuses while a server has the folder, or anybody the database', async () => {
    const signet = await Signet.start({ dataDir })
    const folder = await makeBackup()
    expect((await bringBack('--force', folder)).complained).toContain('A server is running on')
    await signet.stop()
    const database = openSqlite(join(dataDir, 'signet.db'))
    await database.read.selectFrom('projects').select('id').execute()
    expect((await bringBack('--force', folder)).complained).toContain('is open in another program')
    await database.close()
    expect((await bringBack('--force', folder)).complained).toBe('')
  })

  test.each([
    ['cut short', (folder: string) => truncateSync(join(folder, 'signet.db'), 8_192), 'The backup is damaged'],
    ['without its database', (folder: string) => rmSync(join(folder, 'signet.db')), 'signet.db is missing'],
    ['without its manifest', (folder: string) => rmSync(join(folder, manifestFile)), 'is no backup of Signet'],
    [
      'of an unknown kind',
      (folder: string) => writeFileSync(join(folder, manifestFile), '{}'),
      'not one that this version',
    ],
    [
      'with a changed byte',
      (folder: string) => {
        const bytes = readFileSync(join(folder, 'signet.db'))
        bytes[5_000] = (bytes[5_000] ?? 0) ^ 1
        writeFileSync(join(folder, 'signet.db'), bytes)
      },
      'The backup is damaged',
    ],
  ])('refuses a backup %s', async (_name, spoil, sentence) => {
    await makeSource(3)
    const folder = await makeBackup()
    spoil(folder)
    rmSync(dataDir, { recursive: true })
    expect((await bringBack(folder)).complained).toContain(sentence)
    expect(existsSync(join(dataDir, 'signet.db'))).toBe(false)
  })

  test('refuses a backup from a newer version', async () => {
    await makeSource(3)
    withFile((file) => file.exec("insert into migrations values ('9999-later')"))
    const folder = await makeBackup()
    rmSync(dataDir, { recursive: true })
    expect((await bringBack(folder)).complained).toContain('newer version of Signet (9999-later)')
  })

  test('killed at any moment, the folder holds what it held, or keeps servers away until it is run again', async () => {
    await makeSource(100, { messages: 1_500 })
    const folder = await makeBackup()
    const restored = contents(dataDir)
    withFile((file) => file.exec("update agents set name = 'changed since'"))
    const changed = contents(dataDir)
    const random = randomFrom(seed)
    for (let round = 0; round < 2; round++) {
      const child = spawnCommand('restore', ['--force', folder], environment)
      const ended = killedAfter(child, 60_000)
      await until(() => existsSync(join(dataDir, 'restoring.db')) || child.exitCode !== null, 30_000)
      await new Promise((resolve) => setTimeout(resolve, random() * 60))
      child.kill('SIGKILL')
      await ended
      const note = existsSync(join(dataDir, 'do-not-start.txt'))
      if (note) await expect(Signet.start({ dataDir })).rejects.toThrow('A restore into this folder has not finished')
      else expect([changed, restored]).toContain(contents(dataDir))
    }
    expect(await bringBack('--force', folder)).toMatchObject({ code: 0, complained: '' })
    expect(contents(dataDir)).toEqual(restored)
    expect(existsSync(join(dataDir, 'do-not-start.txt'))).toBe(false)
  }, 60_000)
})
