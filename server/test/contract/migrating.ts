import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { DatabaseFromTheFuture, migrate } from '../../db/migrate.ts'
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
