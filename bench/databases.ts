/** The two databases with the whole of their durability. PostgreSQL is started when it is first asked for, once a run. */
import { startPostgres, type TestPostgres } from '../server/test/postgres.ts'
import { gatherStatistics } from './statistics.ts'

export interface Database {
  name: 'SQLite' | 'PostgreSQL'
  /** What a process has to be told in order to work on a new, empty one. */
  fresh(): Promise<NodeJS.ProcessEnv>
  /** To be called when those that were given out have got their first rows. */
  settle(): Promise<void>
}

export class Databases {
  #postgres: Promise<TestPostgres> | undefined
  #unsettled: string[] = []

  readonly all: Database[] = [
    // In the data folder of each process.
    { name: 'SQLite', fresh: async () => ({}), settle: async () => {} },
    { name: 'PostgreSQL', fresh: () => this.#freshPostgres(), settle: () => this.#settlePostgres() },
  ]

  async #freshPostgres(): Promise<NodeJS.ProcessEnv> {
    this.#postgres ??= startPostgres({ durable: true })
    const server = await this.#postgres
    const url = await server.createDatabase()
    this.#unsettled.push(url)
    return { DATABASE_URL: url, SIGNET_MASTER_KEY: '00'.repeat(32) }
  }

  async #settlePostgres(): Promise<void> {
    for (const url of this.#unsettled.splice(0)) await gatherStatistics(url)
  }

  async stop(): Promise<void> {
    await (await this.#postgres)?.stop()
  }
}
