import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Both databases, seen from the model.
 *
 * `read` sees what is committed. Every write goes through the one door, `transaction`: the callback's queries are
 * one atomic turn, and inside it nothing is awaited but those queries, or others would wait with it.
 */
export interface Database {
  readonly read: Kysely<Schema>
  /** For hot reads: a prepared statement, its parameters as `?`. */
  rows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]>
  /** The same for what many ask at once: it is read once for all of them. Nobody may change the rows. */
  sharedRows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]>
  transaction<Result>(turn: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** How many turns wait for the door. */
  waiting(): number
  close(): Promise<void>
}

/** One turn at the door. It must not be kept: after its end every use throws. */
export interface Transaction {
  readonly query: Kysely<Schema>
  /** For hot paths: a prepared statement, its parameters as `?`; several times faster than the query builder. */
  rows<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]>
  /**
   * The same for a write whose rows nobody reads: the commit waits for it, and fails if it has failed. Several in a row
   * reach PostgreSQL together with the commit, in one round trip.
   */
  send(sql: string, parameters: readonly SqlValue[]): void
  /** For the few places where each database has its own best way. */
  readonly dialect: 'sqlite' | 'postgres'
  /** Behind a `select`: nobody changes what it has read until this turn is over. */
  readonly holding: string
  /** Waits until nobody else, on any node, is in a turn that has asked for the same name; then nobody else gets in. */
  alone(name: string): Promise<void>
  /** Runs after the commit and before the turn's caller goes on; never if the turn is rolled back. */
  onCommit(effect: () => void): void
}

/** Arrays are PostgreSQL's alone. */
export type SqlValue = string | number | null | readonly (string | number | null)[]
