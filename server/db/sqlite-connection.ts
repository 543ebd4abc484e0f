import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import type { SqlValue } from './database.ts'
import type { Schema } from './schema.ts'
import type { TurnConnection } from './turn.ts'

/** One SQLite connection that prepares each statement once. */
export class SqliteConnection implements TurnConnection {
  #database: DatabaseSync
  #statements = new Map<string, StatementSync>()

  constructor(file: string) {
    this.#database = new DatabaseSync(file)
    this.exec('pragma journal_mode = wal')
    this.exec('pragma synchronous = full')
    this.exec('pragma foreign_keys = on')
    this.exec('pragma busy_timeout = 2000')
    // What is deleted is overwritten: an erased person is not to be read out of the file.
    this.exec('pragma secure_delete = on')
    // Indexes on random ids touch pages everywhere: keep 16 MB of them.
    this.exec('pragma cache_size = -16000')
  }

  exec(sql: string): void {
    this.#statement(sql).run()
  }

  async rows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]> {
    return this.#statement(sql).all(...(parameters as SQLInputValue[])) as Row[]
  }

  readonly dialect = 'sqlite'
  readonly holding = ''

  /** Every turn is alone: there is one writer. */
  async alone(): Promise<void> {}

  rollbackIfOpen(): void {
    try {
      this.exec('rollback')
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
  }

  /** `guard` throws when a query must not run any more. */
  kysely(guard: () => void = () => {}): Kysely<Schema> {
    return new Kysely<Schema>({
      dialect: new SqliteDialect({
        database: {
          close() {},
          prepare: (sql) => {
            guard()
            const statement = this.#statement(sql)
            return {
              reader: statement.columns().length > 0,
              all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
              run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
              iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
            }
          },
        },
      }),
    })
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    // Lists of ids make endless variants of a statement; the cache must not grow with them.
    if (this.#statements.size >= 500) this.#statements.clear()
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
