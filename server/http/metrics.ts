/**
 * /metrics, for Prometheus. With METRICS_TOKEN only for who brings it; without, only for this machine itself. What a
 * proxy hands on comes from this machine, too: it says so in its headers, or asks for a name that is not loopback's.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Registry } from '../metrics/registry.ts'
import type { ReadinessWatch } from '../model/readiness.ts'
import { Refused } from '../model/refused.ts'

interface Showing {
  registry: Pick<Registry, 'text'>
  readiness: Pick<ReadinessWatch, 'check'>
  token: string | undefined
}

export function serveMetrics(server: FastifyInstance, { registry, readiness, token }: Showing): void {
  const options = { logLevel: 'silent' as const }
  server.get('/metrics', options, async (request, reply) => {
    if (token === undefined ? !isOurselves(request.raw) : !brings(request.headers.authorization, token)) {
      const message =
        token === undefined
          ? 'Ask from this machine itself, or set METRICS_TOKEN and send it as a bearer token.'
          : 'Send METRICS_TOKEN as a bearer token.'
      throw new Refused('forbidden', { message })
    }
    // Its gauges are of what it finds now.
    await readiness.check()
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(registry.text())
  })
}

const forwarding = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'true-client-ip',
  'cf-connecting-ip',
]

export function isOurselves({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  if (forwarding.some((name) => headers[name] !== undefined)) return false
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(nameIn(headers.host ?? ''))
}

function nameIn(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '') : ''
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(name)
}

function brings(authorization: string | undefined, token: string): boolean {
  const [, given] = authorization?.match(/^Bearer (.+)$/i) ?? []
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
