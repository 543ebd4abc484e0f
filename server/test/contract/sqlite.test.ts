import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../db/sqlite.ts'
import { databaseContract } from './database-contract.ts'
import type { Opened } from './world.ts'

async function open(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-sqlite-'))
  const file = join(folder, 'signet.db')
  const database = openSqlite(file)
  return {
    database,
    again: async () => openSqlite(file),
    async spoilCommit(tx) {
      await tx.rows('pragma defer_foreign_keys = on', [])
      await tx.rows("insert into memberships values ('no such project', 'no such agent', 'owner', 0)", [])
    },
    async close() {
      // Some tests have closed it already.
      await database.close().catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

databaseContract('SQLite', { open, openEmpty: open })
