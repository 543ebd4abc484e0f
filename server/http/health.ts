import type { FastifyInstance } from 'fastify'
import { Refused } from '../model/refused.ts'

/** Is the process alive, and can it serve? (HT3) */
export function serveHealth(server: FastifyInstance, ready: () => boolean): void {
  const options = { schema: { hide: true }, logLevel: 'silent' as const }
  server.get('/healthz', options, async () => ({ status: 'ok' }))
  server.get('/readyz', options, async () => {
    if (!ready()) throw new Refused('unavailable')
    return { status: 'ready' }
  })
}
