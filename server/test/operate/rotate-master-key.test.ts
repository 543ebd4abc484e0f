import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { readKeyFile } from '../../keys/key-file.ts'
import { checkFor } from '../../keys/master-key.ts'
import { seal, unseal } from '../../keys/seal.ts'
import { sealedColumns } from '../../keys/sealed-values.ts'
import { rotateMasterKey } from '../../operate/rotate-master-key.ts'
import { openFile } from '../../operate/sqlite-file.ts'
import { until } from '../cluster/until.ts'
import { Shop, Signet } from '../signet.ts'
import { type Environment, killedAfter, randomFrom, run, spawnCommand } from './commands.ts'
import { fill } from './fill.ts'

const seed = 3

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-rotate-'))
  return () => rmSync(dataDir, { recursive: true, force: true })
})

const rotate = (more: Environment = {}) => run(rotateMasterKey, [], { DATA_DIR: dataDir, ...more })
const key = () => readKeyFile(dataDir) ?? new Uint8Array()

/** What is sealed, by how many open with this key. */
function opened(by: Uint8Array) {
  const file = openFile(join(dataDir, 'signet.db'))
  try {
    return sealedColumns.map(({ table, column, context }) => {
      const rows = file
        .prepare(`select ${column} as sealed, ${context} as context from ${table} where ${column} <> ''`)
        .all()
      const open = rows.filter((row) => unseal(by, String(row.sealed), String(row.context)) !== undefined)
      return [table, open.length, rows.length]
    })
  } finally {
    file.close()
  }
}

describe('[SS4] bin/rotate-master-key', () => {
  test('with a key file: a running server goes on reading and writing, and starts with the new key alone', async () => {
    const signet = await Signet.start({ dataDir })
    const shop = await Shop.open(signet)
    const old = key()
    expect(await rotate()).toMatchObject({ code: 0, complained: '' })
    expect(key()).not.toEqual(old)
    expect(existsSync(join(dataDir, 'master.key.next'))).toBe(false)
    signet.app.model.keys.forget(shop.id)
    expect((await shop.signIn()).visitor.verified).toBe(true)
    await shop.generate({ previous: 'keep' })
    expect(opened(key())).toEqual(sealedColumns.map(({ table }) => [table, expect.any(Number), expect.any(Number)]))
    for (const [, open, all] of opened(key())) expect(open).toBe(all)
    await signet.stop()
    const kept = readdirSync(dataDir).filter((name) => name.startsWith('master.key.before-'))
    expect(kept.map((name) => readFileSync(join(dataDir, name), 'utf8').trim())).toEqual([
      Buffer.from(old).toString('base64'),
    ])
    for (const name of kept) rmSync(join(dataDir, name))
    const again = await Signet.start({ dataDir })
    const body = { token: shop.token() }
    const admitted = await again.anybody.call('POST /projects/:project/visitor-sessions', {
      params: { project: shop.id },
      body,
    })
    expect(admitted.visitor.verified).toBe(true)
    await again.stop()
  })

  test('with given keys: servers that know both go on, and afterwards the new one is enough', async () => {
    const [masterKey, nextMasterKey] = [randomBytes(32), randomBytes(32)]
    const signet = await Signet.start({ dataDir, config: { masterKey, nextMasterKey } })
    const shop = await Shop.open(signet)
    const hex = (given: Uint8Array) => Buffer.from(given).toString('hex')
    const given = { SIGNET_MASTER_KEY: hex(masterKey), SIGNET_MASTER_KEY_NEXT: hex(nextMasterKey) }
    expect((await rotate({ SIGNET_MASTER_KEY: hex(masterKey) })).complained).toContain('as SIGNET_MASTER_KEY_NEXT')
    expect(await rotate(given)).toMatchObject({ code: 0, complained: '' })
    signet.app.model.keys.forget(shop.id)
    expect((await shop.signIn()).visitor.verified).toBe(true)
    await shop.generate({ previous: 'keep' })
    for (const [, open, all] of opened(nextMasterKey)) expect(open).toBe(all)
    await signet.stop()
    const again = await Signet.start({ dataDir, config: { masterKey: nextMasterKey } })
    await again.stop()
    await expect(Signet.start({ dataDir, config: { masterKey } })).rejects.toThrow('is not the key')
  })

  test('a server that does not know the new key writes nothing under the old one', async () => {
    const [masterKey, next] = [randomBytes(32), randomBytes(32)]
    const signet = await Signet.start({ dataDir, config: { masterKey } })
    const shop = await Shop.open(signet)
    const hex = (given: Uint8Array) => Buffer.from(given).toString('hex')
    await rotate({ SIGNET_MASTER_KEY: hex(masterKey), SIGNET_MASTER_KEY_NEXT: hex(next) })
    await expect(shop.generate({ previous: 'keep' })).rejects.toThrow('internal_error')
    for (const [, open, all] of opened(next)) expect(open).toBe(all)
    await signet.stop()
  })

  test('killed at any moment it is run again, and meanwhile a server starts with what lies there', async () => {
    await manySecrets(1_500)
    const random = randomFrom(seed)
    for (let round = 0; round < 2; round++) {
      const child = spawnCommand('rotate-master-key', [], { DATA_DIR: dataDir })
      const ended = killedAfter(child, 60_000)
      await until(() => existsSync(join(dataDir, 'master.key.next')) || child.exitCode !== null, 30_000)
      await new Promise((resolve) => setTimeout(resolve, random() * 80))
      child.kill('SIGKILL')
      await ended
      const signet = await Signet.start({ dataDir })
      await signet.stop()
    }
    expect(await rotate()).toMatchObject({ code: 0, complained: '' })
    for (const [, open, all] of opened(key())) expect(open).toBe(all)
    expect(opened(key())[0]).toEqual(['signing_keys', 1_500, 1_500])
  }, 60_000)

  test('begins no second rotation over one that has not finished, and none with a wrong key', async () => {
    const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
    const signet = await Signet.start({ dataDir, config: { masterKey: first } })
    await Shop.open(signet)
    await signet.stop()
    const hex = (given: Uint8Array) => Buffer.from(given).toString('hex')
    const wrong = await rotate({ SIGNET_MASTER_KEY: hex(second), SIGNET_MASTER_KEY_NEXT: hex(third) })
    expect(wrong.complained).toContain('The old key is not the one')
    const file = openFile(join(dataDir, 'signet.db'))
    file.exec('update installation set master_key_check_before = master_key_check')
    file.prepare('update installation set master_key_check = ?').run(checkFor(second))
    file.close()
    const early = await rotate({ SIGNET_MASTER_KEY: hex(first), SIGNET_MASTER_KEY_NEXT: hex(third) })
    expect(early.complained).toContain('A rotation to another key has not finished')
    await expect(Signet.start({ dataDir, config: { masterKey: second } })).rejects.toThrow('is being rotated')
  })
})

async function manySecrets(count: number): Promise<void> {
  const signet = await Signet.start({ dataDir })
  await signet.stop()
  const database = openSqlite(join(dataDir, 'signet.db'))
  await migrate(database)
  await database.close()
  const file = openFile(join(dataDir, 'signet.db'))
  fill(file, 3, { signing_keys: count, public_keys: 0 })
  file.prepare('update installation set master_key_check = ?, master_key_check_before = null').run(checkFor(key()))
  for (const { table, column, context } of sealedColumns) {
    const rows = file.prepare(`select id, ${context} as context from ${table}`).all()
    const update = file.prepare(`update ${table} set ${column} = ? where id = ?`)
    file.exec('begin')
    for (const row of rows) update.run(seal(key(), 'sgn_secret', String(row.context)), row.id ?? null)
    file.exec('commit')
  }
  file.close()
}
