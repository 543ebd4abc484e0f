import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { DatabaseFromTheFuture, DatabaseUnfinished, migrate, migrations } from '../../db/migrate.ts'
import { type FilledTable, filledTables, sortedRows } from '../operate/fill.ts'
import { type OpenDatabase, World } from './world.ts'

/** From an empty database to today's, and no further. */
export function migrationContract(open: OpenDatabase): void {
  describe('migrations', () => {
    test('may run again and again, and keep what is there', async () => {
      const opened = await open()
      const world = await World.make(opened.database)
      await world.write(await world.visitor(), { text: 'still here' })
      const epoch = () => opened.database.read.selectFrom('installation').select('epoch').executeTakeFirst()
      const before = await epoch()
      await migrate(opened.database)
      const again = await opened.again()
      await migrate(again)
      await again.close()
      expect(await epoch()).toEqual(before)
      expect((await world.stored()).map((row) => row.text)).toEqual(['still here'])
      await opened.close()
    })

    test('[DL4] give each new database an epoch of its own', async () => {
      const epochs = new Set<string>()
      for (let count = 0; count < 3; count++) {
        const opened = await open()
        await migrate(opened.database)
        const row = await opened.database.read.selectFrom('installation').select('epoch').executeTakeFirstOrThrow()
        epochs.add(row.epoch)
        await opened.close()
      }
      expect(epochs.size).toBe(3)
    })

    test('leave a database alone that a newer version has changed', async () => {
      const opened = await open()
      await migrate(opened.database)
      await opened.database.transaction((tx) =>
        sql`insert into migrations (name) values ('9999-from-the-future')`.execute(tx.query),
      )
      const refused = migrate(opened.database)
      await expect(refused).rejects.toBeInstanceOf(DatabaseFromTheFuture)
      await expect(refused).rejects.toThrow('newer version of Signet (9999-from-the-future)')
      await opened.close()
    })

    test('leave a database alone that is being moved to', async () => {
      const opened = await open()
      await migrate(opened.database)
      await opened.database.transaction((tx) =>
        sql`insert into migrations (name) values ('moving x')`.execute(tx.query),
      )
      await expect(migrate(opened.database)).rejects.toBeInstanceOf(DatabaseUnfinished)
      await opened.close()
    })

    test.each(migrations.slice(0, -1).map(({ name }, index) => [name, index + 1]))(
      'bring a database of %s with data to today, without losing or changing a row, and it goes on from there',
      async (_name, steps) => {
        const opened = await open()
        const before = await filledTables(migrations.slice(0, steps))
        await migrate(opened.database, migrations.slice(0, steps))
        await insertAll(opened.database, before)
        await migrate(opened.database)
        for (const { name, columns, rows } of before) {
          const there = await opened.database.rows<Record<string, unknown>>(`select ${columns.join()} from ${name}`, [])
          expect([name, sortedRows({ columns }, there)]).toEqual([name, sortedRows({ columns }, rows)])
        }
        const world = await World.make(opened.database)
        await world.write(await world.visitor(), { text: 'goes on' })
        expect((await world.stored()).map(({ text }) => text)).toContain('goes on')
        await opened.close()
      },
    )

    test('[DL9] whoever runs already goes on when a newer version adds to the tables', async () => {
      const opened = await open()
      const world = await World.make(opened.database)
      const look = () =>
        opened.database.rows<{ name: string }>('select * from projects where id = ?', [world.projectId])
      const inTurn = () => opened.database.transaction((tx) => tx.rows<{ name: string }>('select * from projects', []))
      for (const run of [look, inTurn]) expect(await run()).toMatchObject([{ name: 'Shop' }])
      const newer = await opened.again()
      await newer.transaction((tx) => sql`alter table projects add column later text`.execute(tx.query))
      for (const run of [inTurn, look, inTurn]) expect(await run()).toMatchObject([{ name: 'Shop' }])
      await newer.close()
      await opened.close()
    })

    test('leave nothing half done when a step fails', async () => {
      const opened = await open()
      // In the way of a later step.
      await opened.database.transaction((tx) => sql`create table audit_log (id text)`.execute(tx.query))
      await expect(migrate(opened.database)).rejects.toThrow()
      await expect(opened.database.rows('select 1 from projects', [])).rejects.toThrow()
      await opened.database.transaction((tx) => sql`drop table audit_log`.execute(tx.query))
      await migrate(opened.database)
      expect(await opened.database.rows('select id from projects', [])).toEqual([])
      await opened.close()
    })
  })
}

async function insertAll(database: Database, tables: FilledTable[]): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.rows('delete from installation', [])
    for (const { name, columns, rows } of tables) {
      const places = columns.map(() => '?').join()
      const insert = `insert into ${name} (${columns.join()}) values (${places})`
      for (const row of rows)
        await tx.rows(
          insert,
          columns.map((column) => row[column] ?? null),
        )
    }
  })
}
