/** What is read off the parts when somebody asks for the metrics. */
import type { Reading, Registry } from './registry.ts'

export interface Observed {
  version: string
  database: string
  sockets(): Reading
  /** How much waits, by queue. */
  queues(): Reading
  /** 1 for a part that is well, 0 for one that is not. */
  ready(): Reading
  diskFreeBytes(): number
}

export function observe(registry: Registry, parts: Observed): void {
  const { version, database } = parts
  registry.info('signet_build_info', 'What runs here.', { version, node: process.versions.node, database })
  registry.gauge('signet_sockets', 'Open sockets, by who is behind them.', parts.sockets)
  registry.gauge(
    'signet_queue_length',
    'Messages and turns that wait for the database, and deliveries under way.',
    parts.queues,
    'queue',
  )
  registry.gauge('signet_ready', 'Whether each part that serving needs is well, as /readyz says.', parts.ready, 'part')
  registry.gauge('signet_disk_free_bytes', 'Room left for the data folder.', parts.diskFreeBytes)
}
