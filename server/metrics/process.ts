/** What every Prometheus knows of a process, under the names that dashboards expect. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Registry } from './registry.ts'

export function watchProcess(registry: Registry): void {
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  registry.gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)
  registry.gauge('nodejs_external_memory_bytes', 'Buffers and the like.', () => process.memoryUsage().external)
  registry.total('process_cpu_seconds_total', 'Time on the processor, user and system.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  const startedAt = Date.now() / 1000 - process.uptime()
  registry.gauge('process_start_time_seconds', 'When it was started, in seconds since 1970.', () => startedAt)
  if (process.platform === 'linux') watchDescriptors(registry)
}

function watchDescriptors(registry: Registry): void {
  registry.gauge('process_open_fds', 'Open files and sockets.', () => readdirSync('/proc/self/fd').length)
  registry.gauge('process_max_fds', 'How many may be open.', () => mostDescriptors())
}

function mostDescriptors(): number {
  const [, soft = ''] = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
