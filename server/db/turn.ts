import type { Kysely } from 'kysely'
import type { SqlValue, Transaction } from './database.ts'
import type { Schema } from './schema.ts'

/** What a turn runs its queries on. */
export interface TurnConnection {
  rows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]>
  /** `guard` is called before each query, and throws when it must not run any more. */
  kysely(guard: () => void): Kysely<Schema>
  alone(name: string): Promise<void>
  readonly holding: string
  readonly dialect: Transaction['dialect']
}

/**
 * One turn at the door, the same on both databases. Guarded down to the single query: one that was kept, or that the
 * turn did not wait for, would otherwise run in somebody else's turn.
 */
export class Turn {
  #connection: TurnConnection
  #effects: (() => void)[] = []
  #sent: Promise<unknown>[] = []
  #over = false

  constructor(connection: TurnConnection) {
    this.#connection = connection
  }

  /**
   * `commit` is called without waiting for what the turn has sent: one of those that fails must make the commit a
   * rollback.
   */
  async run<Result>(
    turn: (tx: Transaction) => Promise<Result>,
    commit: () => Promise<unknown> = async () => {},
  ): Promise<Result> {
    try {
      const result = await turn(this.#transaction())
      this.#over = true
      await Promise.all([...this.#sent, commit()])
      return result
    } finally {
      this.#over = true
    }
  }

  /** After the commit, in the order in which they were asked for. */
  runEffects(): void {
    for (const effect of this.#effects) runApart(effect)
  }

  #transaction(): Transaction {
    const connection = this.#connection
    const effects = this.#effects
    const guard = () => {
      if (this.#over) throw new Error('This transaction is over.')
    }
    let query: Kysely<Schema> | undefined
    return {
      get query() {
        guard()
        query ??= connection.kysely(guard)
        return query
      },
      rows: async <Row>(sql: string, parameters: readonly SqlValue[]) => {
        guard()
        return connection.rows<Row>(sql, parameters)
      },
      send: (sql, parameters) => {
        guard()
        const sent = connection.rows(sql, parameters)
        // Until the commit, nobody listens.
        sent.catch(() => {})
        this.#sent.push(sent)
      },
      dialect: connection.dialect,
      holding: connection.holding,
      alone: async (name) => {
        guard()
        await connection.alone(name)
      },
      onCommit(effect) {
        guard()
        effects.push(effect)
      },
    }
  }
}

/** What is stored stays stored: an effect that throws must not keep the others from hearing that they are, too. */
function runApart(effect: () => void): void {
  try {
    effect()
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
