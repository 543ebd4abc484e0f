/** PostgreSQL at the start of a server or a command: there, and new enough, or one sentence says what is wrong. */
import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'

const oldest = 15

/** The message is a sentence for the operator. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable'
}

export async function reachPostgres(url: string, report: (error: Error) => void): Promise<Database> {
  const database = openPostgres(url, report)
  try {
    await requireUsable(database).catch((error) => Promise.reject(unreachable(error)))
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The address is not repeated: it may hold a password. */
export function unreachable(error: unknown): DatabaseUnreachable {
  if (error instanceof DatabaseUnreachable) return error
  const message = error instanceof Error ? error.message : ''
  // One that was tried at several addresses says nothing but a code.
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return new DatabaseUnreachable(`The PostgreSQL at DATABASE_URL cannot be used: ${message || code}.`)
}

interface Answer {
  version: string
  mayMakeTables: boolean | null
}

export async function requireUsable(database: Pick<Database, 'rows'>): Promise<void> {
  const [answer] = await database.rows<Answer>(
    `select current_setting('server_version') as version,
      has_schema_privilege(current_schema(), 'create') as "mayMakeTables"`,
    [],
  )
  const version = answer?.version ?? ''
  if (!(Number.parseInt(version, 10) >= oldest)) {
    throw new DatabaseUnreachable(
      `The PostgreSQL at DATABASE_URL is version ${version}; Signet needs ${oldest} or newer.`,
    )
  }
  if (!answer?.mayMakeTables) {
    throw new DatabaseUnreachable('The account in DATABASE_URL may not make tables: make it the owner of its database.')
  }
}
