/** Fills the database of a server that runs. */
import { join } from 'node:path'
import { openPostgres } from '../../server/db/postgres.ts'
import { openSqlite } from '../../server/db/sqlite.ts'
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import { gatherStatistics } from '../statistics.ts'
import { type Filling, fill } from './fill.ts'

const handlers = {
  /** Gives the first of the conversations. */
  async fill({ projectId, ...filling }: Filling & { projectId: string }): Promise<string> {
    const { DATABASE_URL: url, DATA_DIR: folder = '' } = process.env
    const database = url === undefined ? openSqlite(join(folder, 'signet.db')) : openPostgres(url, console.error)
    const [first] = await fill({ database }, projectId, filling)
    await database.close()
    await gatherStatistics(url)
    return first?.id ?? ''
  },
}
export type FillBeside = typeof handlers

exitOnSignal()
answer(handlers)
