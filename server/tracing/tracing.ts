/**
 * Spans, by OpenTelemetry's own SDK: of each HTTP request, and of the work that traced.ts names. Loaded only where
 * OTEL_EXPORTER_OTLP_ENDPOINT is set. What else the SDK takes from OTEL_ variables (headers, time-outs, the service's
 * name) it reads by itself.
 */
import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { FastifyInstance } from 'fastify'
import { traceRequests } from './requests.ts'
import { traceWork } from './work.ts'

export interface Tracing {
  /** Makes a span of each request to this server; to be called before its routes are. */
  traceRequests(server: FastifyInstance): void
  /** Sends what is left. */
  stop(): Promise<void>
}

interface Options {
  /** The collector, without the path at which it takes spans. */
  endpoint: string
  version: string
  /** The share of traces that are kept, from 0 to 1. */
  ratio: number
  /** Does a proxy of ours say which trace a request belongs to? */
  trustProxy: boolean
}

const stopPatienceMs = 2_000

export function startTracing({ endpoint, version, ratio, trustProxy }: Options): Tracing {
  sayFailures()
  const own = resourceFromAttributes({ 'service.name': 'signet', 'service.version': version })
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('signet', version)
  const stopWork = traceWork(tracer)
  return {
    traceRequests: (server) => traceRequests(server, tracer, trustProxy),
    async stop() {
      stopWork()
      // A collector that is away must not keep the process (DL8).
      const patience = new Promise((resolve) => setTimeout(resolve, stopPatienceMs).unref())
      await Promise.race([provider.shutdown().catch(() => {}), patience])
      diag.disable()
    },
  }
}

/** A collector that cannot be reached is a line in the log, and nothing else. */
function sayFailures(): void {
  const say = (message: string) => process.emitWarning(`Spans could not be sent: ${message.slice(0, 300)}`)
  const quiet = () => {}
  diag.setLogger({ error: say, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.ERROR)
}
