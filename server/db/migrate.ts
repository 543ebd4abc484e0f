import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Transaction } from './database.ts'
import { initial } from './migrations/0001-initial.ts'
import { publicKeys } from './migrations/0002-public-keys.ts'
import { sessions } from './migrations/0003-sessions.ts'
import { sight } from './migrations/0004-sight.ts'
import { departments } from './migrations/0005-departments.ts'
import { outbox } from './migrations/0006-outbox.ts'
import { revocations } from './migrations/0007-revocations.ts'
import { masterKeyRotation } from './migrations/0008-master-key.ts'
import { mail } from './migrations/0009-mail.ts'
import { privacy } from './migrations/0010-privacy.ts'
import { attachments } from './migrations/0011-attachments.ts'
import { search } from './migrations/0012-search.ts'
import { webhookHolds } from './migrations/0013-webhook-holds.ts'
import { logInAttempts } from './migrations/0014-log-in-attempts.ts'

interface Step {
  name: string
  statements: readonly string[]
  /** What only PostgreSQL has. */
  postgres?: readonly string[]
}

/** Every step from an empty database to today's, in order. Steps are only ever added. */
export const migrations: readonly Step[] = [
  initial,
  publicKeys,
  sessions,
  sight,
  departments,
  outbox,
  revocations,
  masterKeyRotation,
  mail,
  privacy,
  attachments,
  search,
  webhookHolds,
  logInAttempts,
]

export class DatabaseFromTheFuture extends Error {
  override name = 'DatabaseFromTheFuture'
}

/** What was begun with it has not come to its end. The message is a sentence for the operator. */
export class DatabaseUnfinished extends Error {
  override name = 'DatabaseUnfinished'
}

/** Before the epoch of what is being moved here; among the names of the steps, so that no version starts on it. */
export const movingMark = 'moving '

/** Brings the schema up to date; a database that a newer version has changed is left alone. */
export async function migrate(database: Database, steps = migrations): Promise<void> {
  await database.transaction(async (tx) => {
    // Ten nodes may start at the same moment.
    await tx.alone('migrations')
    await sql`create table if not exists migrations (name text primary key)`.execute(tx.query)
    const applied = await sql<{ name: string }>`select name from migrations order by name`.execute(tx.query)
    const done = new Set(applied.rows.map((row) => row.name))
    refuseFuture([...done])
    for (const step of steps) {
      if (!done.has(step.name)) await apply(tx, step)
    }
    await ensureInstallation(tx)
  })
}

/** Those that this version needs and the database does not have. A newer version may have added others. */
export async function missingMigrations(database: Pick<Database, 'rows'>): Promise<string[]> {
  const applied = await database.rows<{ name: string }>('select name from migrations', [])
  return migrations.map(({ name }) => name).filter((name) => !applied.some((row) => row.name === name))
}

/** Of these steps some may be such as this version does not know. */
export function refuseFuture(applied: readonly string[]): void {
  if (applied.some((name) => name.startsWith(movingMark))) {
    throw new DatabaseUnfinished('The move into this database has not finished: run bin/move-to-postgres again.')
  }
  const unknown = applied.find((name) => !migrations.some((step) => step.name === name))
  if (unknown) {
    throw new DatabaseFromTheFuture(
      `The database was changed by a newer version of Signet (${unknown}). Start that one.`,
    )
  }
}

async function apply(tx: Transaction, step: Step): Promise<void> {
  const own = tx.dialect === 'postgres' ? (step.postgres ?? []) : []
  for (const statement of [...step.statements, ...own]) await sql.raw(statement).execute(tx.query)
  await sql`insert into migrations (name) values (${step.name})`.execute(tx.query)
}

async function ensureInstallation(tx: Transaction): Promise<void> {
  await tx.query
    .insertInto('installation')
    .values({ id: 1, epoch: randomBytes(6).toString('base64url'), security_number: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
