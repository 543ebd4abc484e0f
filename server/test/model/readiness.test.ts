import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryBus } from '../../bus/bus.ts'
import type { Database } from '../../db/database.ts'
import { ReadinessWatch } from '../../model/readiness.ts'
import { Signet } from '../signet.ts'

const gigabyte = 1024 ** 3

async function watchOver(database: Partial<Pick<Database, 'rows'>>, more: object = {}) {
  const signet = await Signet.start()
  const model = { database: { ...signet.app.model.database, ...database }, bus: memoryBus(), ...more }
  return {
    signet,
    watch: (parts: object = {}) =>
      new ReadinessWatch({ model, fresh: () => true, dataDir: '/data', freeBytes: async () => gigabyte, ...parts }),
  }
}

test('[HT3] says of each part how it is, and why', async () => {
  const { signet, watch } = await watchOver({})
  const well = {
    database: { status: 'ok' },
    bus: { status: 'ok' },
    migrations: { status: 'ok' },
    disk: { status: 'ok' },
  }
  expect(await watch().check()).toEqual(well)
  expect(await watch({ freeBytes: async () => 300 * 1024 ** 2 }).check()).toEqual({
    ...well,
    disk: { status: 'warning', reason: 'The disk of the data folder has 300 MB left.' },
  })
  expect(await watch({ freeBytes: async () => 1000 }).check()).toMatchObject({
    disk: { status: 'failed', reason: 'The disk of the data folder is full.' },
  })
  expect(await watch({ freeBytes: () => Promise.reject(new Error('gone')) }).check()).toMatchObject({
    disk: { status: 'failed', reason: 'The data folder cannot be reached.' },
  })
  expect(await watch({ fresh: () => false }).check()).toMatchObject({
    database: { status: 'failed', reason: 'The database has not answered for a second.' },
    migrations: { status: 'failed' },
  })
  await signet.stop()
})

test('[HT3][AT9] a folder of attachments that is full or cannot be written to is told, and the node serves on', async () => {
  const { signet, watch } = await watchOver({})
  const { dataDir } = signet
  const disk = async (more: object = {}) => (await watch({ dataDir, ...more }).check()).disk
  const warning = { status: 'warning', reason: 'The folder of attachments is full, or cannot be written to.' }
  expect(await disk()).toEqual({ status: 'ok' })
  mkdirSync(join(dataDir, 'files'))
  expect(await disk()).toEqual({ status: 'ok' })
  const freeBytes = async (folder: string) => (folder === dataDir ? gigabyte : 5_000_000)
  expect(await disk({ freeBytes })).toEqual(warning)
  rmdirSync(join(dataDir, 'files'))
  writeFileSync(join(dataDir, 'files'), 'This is no folder.')
  expect(await disk()).toEqual(warning)
  await signet.stop()
})

test('[HT3] a database that does not answer, or lacks a table, takes the node out', async () => {
  const deaf = await watchOver({ rows: () => Promise.reject(new Error('no answer')) })
  expect(await deaf.watch().check()).toMatchObject({
    database: { status: 'failed', reason: 'The database does not answer.' },
  })
  await deaf.signet.stop()
  const old = await watchOver({ rows: async <Row>() => [{ name: '0001-initial' }] as Row[] })
  const { migrations } = await old.watch().check()
  expect(migrations).toMatchObject({ status: 'failed' })
  expect(migrations.reason).toMatch(/^The database lacks 0002-public-keys, /)
  await old.signet.stop()
})

test('[HT3] without the bus a node serves on, with a warning', async () => {
  const { signet, watch } = await watchOver({}, { bus: { ...memoryBus(), connected: () => false } })
  const { bus, database } = await watch().check()
  expect(bus).toMatchObject({ status: 'warning' })
  expect(bus.reason).toMatch(/^Redis does not answer/)
  expect(database).toEqual({ status: 'ok' })
  await signet.stop()
})

test('[HT3] however many ask, the database is asked once', async () => {
  let asked = 0
  const counting = await watchOver({
    rows: async () => {
      asked += 1
      return []
    },
  })
  const watch = counting.watch()
  await Promise.all(Array.from({ length: 50 }, () => watch.check()))
  expect(asked).toBe(1)
  await counting.signet.stop()
})

test('[HT3] /readyz tells a proxy, and whoever reads it', async () => {
  const signet = await Signet.start()
  const ready = await signet.anybody.send('GET', '/readyz')
  expect([ready.status, await ready.json()]).toEqual([
    200,
    expect.objectContaining({ status: 'ready', checks: expect.objectContaining({ database: { status: 'ok' } }) }),
  ])
  const { database } = signet.app.model
  const { rows } = database
  database.rows = (sql, parameters) =>
    sql.includes('from migrations') ? Promise.reject(new Error('no answer')) : rows(sql, parameters)
  const away = await signet.anybody.send('GET', '/readyz')
  expect([away.status, await away.json()]).toMatchObject([
    503,
    { status: 'unavailable', error: { code: 'unavailable' }, checks: { database: { status: 'failed' } } },
  ])
  expect((await signet.anybody.send('GET', '/healthz')).status).toBe(200)
  await signet.stop()
})
