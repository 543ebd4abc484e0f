/** The epoch of an installation: nobody resumes from a cursor of another one (DL4). */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { reachPostgres } from '../db/reach-postgres.ts'
import { type Call, CommandError } from './command.ts'

export const newEpoch = (): string => randomBytes(6).toString('base64url')

/** PostgreSQL restores its own backups, and knows nothing of epochs. */
export async function renewEpoch({ config, say }: Call): Promise<void> {
  if (config.databaseUrl === undefined) throw new CommandError('DATABASE_URL is not set.')
  const database = await reachPostgres(config.databaseUrl, () => {})
  try {
    await database.transaction((tx) => sql`update installation set epoch = ${newEpoch()}`.execute(tx.query))
  } finally {
    await database.close()
  }
  say('Done. Start the nodes; what was revoked, banned or signed out since the backup is to be so again.')
}
