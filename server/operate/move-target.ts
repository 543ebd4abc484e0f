/** The PostgreSQL that is moved to: empty, or half-filled from the very same folder. */
import type { DatabaseSync } from 'node:sqlite'
import type pg from 'pg'
import { migrate, movingMark } from '../db/migrate.ts'
import { reachPostgres } from '../db/reach-postgres.ts'
import { CommandError } from './command.ts'
import { one, tablesOf } from './sqlite-file.ts'

/** What a server that has been started, and never set up, leaves behind. */
const ofEveryInstallation = ['installation', 'migrations']

export async function prepareTarget(client: pg.Client, url: string, source: DatabaseSync): Promise<void> {
  const mark = `${movingMark}${one<string>(source, 'select epoch from installation')}`
  const marks = (await appliedSteps(client)).filter((name) => name.startsWith(movingMark))
  if (marks.length === 0) await begin(client, url, source, mark)
  else if (!marks.includes(mark)) {
    throw new CommandError('The PostgreSQL at DATABASE_URL holds half of a move from another folder. Empty it first.')
  }
  const steps = (await appliedSteps(client)).filter((name) => name !== mark)
  const ours = source
    .prepare('select name from migrations order by name')
    .all()
    .map(({ name }) => String(name))
  if (steps.sort().join() !== ours.join()) {
    throw new CommandError('The move was begun by another version of Signet. Empty the PostgreSQL and begin again.')
  }
}

/** Servers may start on it from now on. */
export async function releaseTarget(client: pg.Client, epoch: string): Promise<void> {
  await client.query('delete from migrations where name = $1', [`${movingMark}${epoch}`])
}

async function begin(client: pg.Client, url: string, source: DatabaseSync, mark: string): Promise<void> {
  const database = await reachPostgres(url, () => {})
  try {
    await migrate(database)
  } finally {
    await database.close()
  }
  await requireEmpty(client, source)
  await client.query('begin')
  await client.query('insert into migrations (name) values ($1)', [mark])
  await client.query('delete from installation')
  await client.query('commit')
}

async function requireEmpty(client: pg.Client, source: DatabaseSync): Promise<void> {
  for (const table of tablesOf(source).filter((name) => !ofEveryInstallation.includes(name))) {
    const { rowCount } = await client.query(`select 1 from "${table}" limit 1`)
    if (rowCount) throw new CommandError(`The PostgreSQL at DATABASE_URL holds data already (${table}).`)
  }
}

async function appliedSteps(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ found: string | null }>("select to_regclass('migrations')::text as found")
  if (!rows[0]?.found) return []
  const applied = await client.query<{ name: string }>('select name from migrations')
  return applied.rows.map(({ name }) => name)
}
