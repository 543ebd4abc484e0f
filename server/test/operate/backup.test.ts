import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { backup } from '../../operate/backup.ts'
import { readManifest } from '../../operate/manifest.ts'
import { openFile } from '../../operate/sqlite-file.ts'
import { until } from '../cluster/until.ts'
import { Shop, Signet } from '../signet.ts'
import { type Environment, killedAfter, randomFrom, run, spawnCommand } from './commands.ts'
import { contentsOf, fill } from './fill.ts'

const seed = 11

let scratch: string
let dataDir: string
let target: string
let environment: Environment

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'signet-backup-'))
  dataDir = join(scratch, 'data')
  target = join(scratch, 'backups')
  environment = { DATA_DIR: dataDir }
  return () => rmSync(scratch, { recursive: true, force: true })
})

const take = (...options: string[]) => run(backup, [...options, target], environment)
const taken = () =>
  readdirSync(target)
    .filter((name) => !name.startsWith('.'))
    .sort()
const newest = () => join(target, taken().at(-1) ?? '')

async function makeSource(count: number, more: Record<string, number> = {}): Promise<void> {
  mkdirSync(dataDir, { recursive: true })
  const database = openSqlite(join(dataDir, 'signet.db'))
  await migrate(database)
  await database.close()
  const file = openFile(join(dataDir, 'signet.db'))
  fill(file, count, more)
  file.close()
}

function contents(file: string) {
  const database = openFile(file)
  try {
    expect(database.prepare('pragma foreign_key_check').all()).toEqual([])
    return contentsOf(database)
  } finally {
    database.close()
  }
}

describe('[HT5] bin/backup', () => {
  test('copies every row of every table, and says what it holds', async () => {
    await makeSource(12)
    expect(await take()).toMatchObject({ code: 0, complained: '' })
    expect(contents(join(newest(), 'signet.db'))).toEqual(contents(join(dataDir, 'signet.db')))
    const manifest = await readManifest(newest())
    expect(manifest.rows).toMatchObject({ messages: 12, installation: 1 })
    expect(Object.keys(manifest.files)).toEqual(['signet.db'])
    expect(statSync(join(newest(), 'signet.db')).mode & 0o077).toBe(0)
  })

  test('has nothing of what was deleted', async () => {
    await makeSource(12)
    const erased = 'erased on his request '.repeat(50)
    const file = openFile(join(dataDir, 'signet.db'))
    file.prepare('update messages set text = ?').run(erased)
    file.exec("update messages set text = ''; pragma wal_checkpoint(truncate)")
    file.close()
    expect(readFileSync(join(dataDir, 'signet.db')).includes('erased on his request')).toBe(true)
    await take()
    expect(readFileSync(join(newest(), 'signet.db')).includes('erased on his request')).toBe(false)
  })

  test('[DL2] under load: what was acked before it began is in it, and what is in it is of one moment', async () => {
    const signet = await Signet.start({ dataDir, config: { messagesPerMinute: 1e9, messageBurst: 1e9 } })
    const shop = await Shop.open(signet)
    const { session } = await shop.signIn()
    const socket = await shop.connect(session)
    const { conversationId } = await socket.write('first')
    const acked: string[] = []
    const send = () => {
      const clientId = crypto.randomUUID()
      socket.raw.send(JSON.stringify({ type: 'send', clientId, conversationId, text: clientId }))
    }
    let talking = true
    socket.raw.on('message', (data) => {
      const frame = JSON.parse(data.toString())
      if (frame.type !== 'ack') return
      // As many frames as there is time for.
      signet.clock.advance(2)
      acked.push(frame.clientId)
      if (talking) send()
    })
    for (let count = 0; count < 20; count++) send()
    for (let round = 0; round < 2; round++) {
      const before = [...acked]
      rmSync(target, { recursive: true, force: true })
      const child = spawnCommand('backup', [target], environment)
      expect(await killedAfter(child, 60_000)).toBe(false)
      expect(acked.length).toBeGreaterThan(before.length)
      const file = openFile(join(newest(), 'signet.db'))
      const rows = file.prepare('select client_id, seq from messages where seq is not null order by seq').all()
      const { last_seq: last } = file.prepare('select last_seq from conversations').get() ?? {}
      file.close()
      const ids = new Set(rows.map(({ client_id: clientId }) => clientId))
      expect(before.filter((clientId) => !ids.has(clientId))).toEqual([])
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
      expect(last).toBe(rows.length)
    }
    talking = false
    await signet.stop()
  }, 60_000)

  test('killed at any moment it leaves nothing half-made under a final name, and nothing at all after the next', async () => {
    await makeSource(200, { messages: 1_500 })
    const random = randomFrom(seed)
    let halfMade = 0
    for (let round = 0; round < 2; round++) {
      const child = spawnCommand('backup', [target], environment)
      const ended = killedAfter(child, 60_000)
      await until(() => existsSync(target) && readdirSync(target).some((name) => name !== '.backup.lock'), 30_000)
      await new Promise((resolve) => setTimeout(resolve, random() * 60))
      child.kill('SIGKILL')
      await ended
      for (const name of taken()) {
        await readManifest(join(target, name))
        rmSync(join(target, name), { recursive: true })
      }
      halfMade += readdirSync(target).filter((name) => name.startsWith('.unfinished')).length
    }
    expect(halfMade).toBeGreaterThan(0)
    await take()
    expect(readdirSync(target).sort()).toEqual(['.backup.lock', ...taken()])
    expect(contents(join(newest(), 'signet.db'))).toEqual(contents(join(dataDir, 'signet.db')))
  }, 60_000)

  test('[SS4] says whether the master key is in it, and puts it in when told to', async () => {
    const signet = await Signet.start({ dataDir })
    await Shop.open(signet)
    await signet.stop()
    expect((await take()).said).toContain('The master key is not in it: keep master.key in the data folder elsewhere')
    expect(readdirSync(newest()).sort()).toEqual(['manifest.json', 'signet.db'])
    rmSync(target, { recursive: true })
    expect((await take('--with-master-key')).said).toContain('The master key is in it')
    const key = readFileSync(join(dataDir, 'master.key'), 'utf8')
    expect(readFileSync(join(newest(), 'master.key'), 'utf8')).toBe(key)
    expect(readFileSync(join(newest(), 'manifest.json'), 'utf8')).not.toContain(key.trim())
    rmSync(target, { recursive: true })
    writeFileSync(join(dataDir, 'master.key'), `${Buffer.alloc(32).toString('base64')}\n`)
    const wrong = await take('--with-master-key')
    expect(wrong.complained).toContain('is not the one of this database')
    expect(taken()).toEqual([])
  })

  test('refuses where there is nothing, and tells how PostgreSQL does it', async () => {
    expect(await take()).toMatchObject({ code: 1, complained: expect.stringContaining('There is nothing to back up') })
    environment = { ...environment, DATABASE_URL: 'postgres://127.0.0.1/x', SIGNET_MASTER_KEY: 'ab'.repeat(32) }
    expect((await take()).complained).toContain('pg_dump --format=custom')
    expect(await run(backup, ['--with-the-key', target], environment)).toMatchObject({ code: 1 })
  })
})
