import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { databaseFile } from '../db/data-folder.ts'
import type { Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { openSqlite } from '../db/sqlite.ts'
import { CommandError } from './command.ts'

/** The installation's database, beside a server that may be running. */
export async function openInstallation({ databaseUrl, dataDir }: Config): Promise<Database> {
  const database = databaseUrl === undefined ? openThere(dataDir) : await openPostgres(databaseUrl)
  await migrate(database).catch(async (error) => {
    await database.close()
    throw error
  })
  return database
}

function openThere(dataDir: string): Database {
  const file = join(dataDir, databaseFile)
  if (!existsSync(file)) throw new CommandError(`There is no installation in ${dataDir}.`)
  return openSqlite(file)
}

async function openPostgres(url: string): Promise<Database> {
  const { reachPostgres } = await import('../db/reach-postgres.ts')
  return reachPostgres(url, () => {})
}
