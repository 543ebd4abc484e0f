import type { Bus } from '../bus/bus.ts'
import type { Database } from '../db/database.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { MasterKey } from '../keys/master-key.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Presence } from './presence.ts'
import type { Reads } from './reads.ts'

/** What the verbs of the model act on. Each takes only the parts it uses (`Pick<Model, …>`). */
export interface Model {
  database: Database
  bus: Bus
  keys: KeyStore
  masterKey: MasterKey
  presence: Presence
  reads: Reads
  metrics: Metrics
  /** Milliseconds since 1970. Passed in, so that tests can turn the clock. */
  now(): number
}
