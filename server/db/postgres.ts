/**
 * PostgreSQL, for several nodes over one database.
 *
 * Each turn is a transaction on a connection of its own. What the turns of one project must agree on, they agree on
 * by the project's row: whoever takes a number locks it until its commit. A turn that loses against another one
 * (deadlock, serialization) is run again from its beginning, so a turn must not have effects but through `tx`.
 */
import { randomInt } from 'node:crypto'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Database, SqlValue, Transaction } from './database.ts'
import { postgresIndex } from './message-index-postgres.ts'
import type { Reader } from './reader.ts'
import type { Schema } from './schema.ts'
import { SharedReads } from './shared-reads.ts'
import { Turn, type TurnConnection } from './turn.ts'

const maxConnections = 10
const maxTries = 6
/** What is read apart from the rest may take longer, and never for ever. */
const longestReadMs = 8_000
/** Deadlock, and serialization failure: the other one has gone through, so trying again helps. */
const lostAgainstAnother = new Set(['40P01', '40001'])
/** A newer version has added to a table under a statement that was prepared; prepared anew, it goes on. */
const staleStatement = '0A000'

export function openPostgres(url: string, report: (error: Error) => void, connections = maxConnections): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    // A connection may hang without a word, after a failover or in a NAT that forgot it; it must not hang its user.
    keepAlive: true,
    query_timeout: 10_000,
    idleTimeoutMillis: 30_000,
    // Statements of one turn that need not wait for each other's answers share a round trip.
    pipeline: true,
    types: { getTypeParser },
  })
  // A connection that breaks while nobody uses it; the next query opens another.
  pool.on('error', report)
  // One that breaks under a turn fails the turn's query. It says so once more, and unheard that would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const door = new Door(pool)
  const shared = new SharedReads()
  return {
    read: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
    rows: (sql, parameters) => rowsOn(pool, sql, parameters),
    sharedRows: <Row>(sql: string, parameters: readonly SqlValue[]) =>
      shared.read(JSON.stringify([sql, parameters]), () => rowsOn<Row>(pool, sql, parameters)),
    transaction: (turn) => door.transaction(turn),
    waiting: () => pool.waitingCount,
    close: () => door.close(),
  }
}

/** Connections of its own, so that long reads take none from anybody; the database itself ends what takes too long. */
export function openPostgresReader(url: string, report: (error: Error) => void): Reader {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: longestReadMs,
    query_timeout: longestReadMs + 2_000,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser },
    onConnect: async (client) => {
      client.on('error', () => {})
      await client.query('set default_transaction_read_only = on')
    },
  })
  pool.on('error', report)
  return {
    read: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
    rows: (sql, parameters) => rowsOn(pool, sql, parameters),
    index: postgresIndex(openPostgres(url, report, 1)),
  }
}

/** Runs turns, each on a connection of its own, and again when they lose against another. */
class Door {
  #pool: pg.Pool
  #running = new Set<Promise<unknown>>()
  #closed = false

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  transaction<Result>(turn: (tx: Transaction) => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('The database is closed.'))
    const running = this.#runUntilThrough(turn)
    this.#running.add(running)
    const done = () => this.#running.delete(running)
    running.then(done, done)
    return running
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#running)
    await this.#pool.end()
  }

  async #runUntilThrough<Result>(turn: (tx: Transaction) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#runOnce(turn)
      } catch (error) {
        if (tries === maxTries || !helpsToRunAgain(codeOf(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, randomInt(5 * 2 ** tries)))
      }
    }
  }

  async #runOnce<Result>(turn: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect()
    const own = new Turn(turnConnection(client))
    let broken: Error | undefined
    try {
      // Travels with the turn's first query, and fails only if its connection does.
      const begun = client.query('begin')
      const commit = () => Promise.all([begun, client.query('commit')])
      begun.catch(() => {})
      // Behind a statement that has failed, PostgreSQL takes a commit for a rollback.
      const result = await own.run(turn, commit)
      own.runEffects()
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }
}

function turnConnection(client: pg.PoolClient): TurnConnection {
  return {
    dialect: 'postgres',
    holding: 'for share',
    async alone(name) {
      await client.query('select pg_advisory_xact_lock(hashtext($1))', [`signet ${name}`])
    },
    rows: (sql, parameters) => rowsOn(client, sql, parameters),
    kysely: (guard) => new Kysely<Schema>({ dialect: new PostgresDialect({ pool: poolOf(client, guard) }) }),
  }
}

/** The one connection of a turn, in the form in which the query builder wants its pool; the turn releases it. */
function poolOf(client: pg.PoolClient, guard: () => void): PostgresPool {
  const query = ((...given: Parameters<PostgresPoolClient['query']>) => {
    guard()
    return Reflect.apply(client.query, client, given)
    // One function for both of its overloads.
  }) as PostgresPoolClient['query']
  return { connect: async () => ({ query, release() {} }), end: async () => {}, options: {} }
}

async function rowsOn<Row>(
  runner: pg.Pool | pg.PoolClient,
  sql: string,
  parameters: readonly SqlValue[],
): Promise<Row[]> {
  const run = () => runner.query({ ...statement(sql), values: [...parameters] })
  const { rows } = await run().catch((error) => {
    if (codeOf(error) !== staleStatement) throw error
    statements.clear()
    // In a transaction nothing helps any more but another one.
    if (!(runner instanceof pg.Pool)) throw error
    return run()
  })
  return rows as Row[]
}

const helpsToRunAgain = (code: string): boolean => lostAgainstAnother.has(code) || code === staleStatement

const statements = new Map<string, { name: string; text: string }>()
let prepared = 0

/** Prepared once per connection, under a short name; `?` becomes PostgreSQL's `$1`. */
function statement(sql: string): { name: string; text: string } {
  const known = statements.get(sql)
  if (known) return known
  let parameter = 0
  const made = { name: `s${prepared++}`, text: sql.replace(/\?/g, () => `$${++parameter}`) }
  statements.set(sql, made)
  return made
}

const bigint = 20

/** Counters and times fit a double exactly; the driver would give them as text. */
export function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === bigint ? Number : pg.types.getTypeParser(oid, format as 'text')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
