/**
 * SQLite in one process.
 *
 * There is one connection for writing with a queue in front of it, and one for reading. What stands in the queue
 * when the writer comes free is one group: it is committed together, with one flush to the disk, and each turn's
 * promise resolves after that flush. So durability costs the same for one write as for a hundred.
 *
 * Each turn is a savepoint of its group. A turn that throws is rolled back alone; its neighbours don't notice.
 * If the commit itself fails, nobody is told that his write is stored: every turn of the group is rejected.
 */
import type { Database, Transaction } from './database.ts'
import { SqliteConnection } from './sqlite-connection.ts'
import { Turn } from './turn.ts'

const maxTurnsPerGroup = 512

export function openSqlite(file: string): Database {
  const writer = new SqliteConnection(file)
  const reader = new SqliteConnection(file)
  reader.exec('pragma query_only = on')
  const read = reader.kysely()
  const door = new Door(writer)

  return {
    read,
    rows: (sql, parameters) => reader.rows(sql, parameters),
    // In this very process nobody can ask while somebody reads.
    sharedRows: (sql, parameters) => reader.rows(sql, parameters),
    transaction: (turn) => door.enter(turn),
    waiting: () => door.waiting,
    async close() {
      await door.close()
      reader.close()
      writer.close()
    },
  }
}

interface Waiting {
  run(): Promise<void>
  resolve(): void
  reject(error: unknown): void
}

class Door {
  #connection: SqliteConnection
  #waiting: Waiting[] = []
  #working: Promise<void> | undefined
  #closed = false

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  enter<Result>(turn: (tx: Transaction) => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('The database is closed.'))
    return new Promise((resolve, reject) => {
      let result: Result
      const own = new Turn(this.#connection)
      this.#waiting.push({
        run: async () => {
          result = await own.run(turn)
        },
        resolve: () => {
          own.runEffects()
          resolve(result)
        },
        reject,
      })
      this.#working ??= this.#work()
    })
  }

  get waiting(): number {
    return this.#waiting.length
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#working
  }

  async #work(): Promise<void> {
    // One turn of the event loop, so that writes which arrive together are committed together.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      await this.#commitGroup(this.#waiting.splice(0, maxTurnsPerGroup))
    }
    this.#working = undefined
  }

  async #commitGroup(group: Waiting[]): Promise<void> {
    let stored: Waiting[]
    try {
      this.#connection.exec('begin immediate')
      stored = await this.#runTurns(group)
      this.#connection.exec('commit')
    } catch (error) {
      this.#connection.rollbackIfOpen()
      for (const turn of group) turn.reject(error)
      return
    }
    for (const turn of stored) turn.resolve()
  }

  /** Gives those that went well. */
  async #runTurns(group: Waiting[]): Promise<Waiting[]> {
    const [alone, ...others] = group
    if (alone && others.length === 0) {
      // The transaction is its savepoint. Another one would copy every page that it changes.
      await alone.run()
      return group
    }
    const stored: Waiting[] = []
    for (const turn of group) {
      if (await this.#runSavepoint(turn)) stored.push(turn)
    }
    return stored
  }

  async #runSavepoint(turn: Waiting): Promise<boolean> {
    this.#connection.exec('savepoint turn')
    try {
      await turn.run()
    } catch (error) {
      this.#connection.exec('rollback to turn')
      this.#connection.exec('release turn')
      turn.reject(error)
      return false
    }
    this.#connection.exec('release turn')
    return true
  }
}
