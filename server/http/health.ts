import type { FastifyInstance } from 'fastify'
import { sentenceOf, statusOf } from '../../protocol/errors.ts'
import type { ReadinessWatch } from '../model/readiness.ts'

/** Is the process alive, and can it serve? (HT3) */
export function serveHealth(server: FastifyInstance, readiness: Pick<ReadinessWatch, 'check'>): void {
  const options = { logLevel: 'silent' as const }
  server.get('/healthz', options, async () => ({ status: 'ok' }))
  server.get('/readyz', options, async (_request, reply) => {
    const checks = await readiness.check()
    const states = Object.values(checks).map(({ status }) => status)
    reply.header('cache-control', 'no-store')
    if (states.includes('failed')) {
      const error = { code: 'unavailable', message: sentenceOf('unavailable') }
      return reply.code(statusOf('unavailable')).send({ status: 'unavailable', error, checks })
    }
    return { status: states.includes('warning') ? 'ready, with a warning' : 'ready', checks }
  })
}
