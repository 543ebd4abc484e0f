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
  log: { error(detail: object, message: string): void }
}
