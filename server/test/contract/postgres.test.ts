import { afterAll, beforeAll } from 'vitest'
import { openPostgres } from '../../db/postgres.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { databaseContract } from './database-contract.ts'
import type { Opened } from './world.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)

afterAll(() => postgres.stop(), 60_000)

const ignore = () => {}
/** Of tests that have ended: their tables are there, which take a tenth of a second to make, and have no rows. */
const spare: string[] = []

async function open(spared?: string): Promise<Opened> {
  const url = spared ?? (await postgres.createDatabase())
  const database = openPostgres(url, ignore)
  return {
    database,
    again: async () => openPostgres(url, ignore),
    async spoilCommit(tx) {
      await tx.rows('create temporary table spoilt (id integer unique deferrable initially deferred)', [])
      await tx.rows('insert into spoilt values (1), (1)', [])
    },
    async close() {
      await database.close().catch(ignore)
      await postgres.emptyDatabase(url)
      spare.push(url)
    },
  }
}

databaseContract('PostgreSQL', { open: () => open(spare.pop()), openEmpty: () => open() })
