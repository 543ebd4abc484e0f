import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { current, inside } from './context.ts'

/** A span of each request, named by its route: what stands in the address may be nobody else's business. */
export function traceRequests(server: FastifyInstance, tracer: Tracer, trustProxy: boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.logLevel === 'silent') return done()
    const parent = trustProxy ? contextFrom(request.headers.traceparent) : ROOT_CONTEXT
    const span = startSpan(tracer, request, parent)
    // Unlike Fastify's own hook it comes for whoever hangs up before his answer, too.
    reply.raw.once('close', () => endSpan(span, reply))
    current.run(inside(parent, span), done)
  })
}

function startSpan(tracer: Tracer, request: FastifyRequest, parent: Context): Span {
  const { method, routeOptions, id } = request
  const attributes = {
    'http.request.method': method,
    'http.route': routeOptions.url ?? '',
    'signet.request_id': id,
  }
  return tracer.startSpan(`${method} ${routeOptions.url ?? ''}`, { kind: SpanKind.SERVER, attributes }, parent)
}

function endSpan(span: Span, { statusCode }: FastifyReply): void {
  span.setAttribute('http.response.status_code', statusCode)
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** W3C's traceparent, of version 00. */
function contextFrom(header: string | string[] | undefined): Context {
  const [, traceId, spanId, flags] =
    String(header ?? '').match(/^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/) ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return trace.isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT
}
