import type { Appender } from '../model/message/append.ts'
import type { Model } from '../model/model.ts'
import type { Hub } from './hub.ts'
import type { Registry } from './registry.ts'

/** What connections are made of; live.ts puts it together. */
export interface LiveParts {
  model: Model
  appender: Appender
  hub: Hub
  registry: Registry
  epoch: string
  /** Does this node hear from the database? If not, nothing that it keeps in memory may be relied on (VS16). */
  fresh(): boolean
  log: { error(detail: object, message: string): void }
}
