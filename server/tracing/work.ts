import { type Context, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { channelOf, type Traced, type TracedWork, tracedWork } from '../traced.ts'
import { contextNow, current, inside } from './context.ts'

/** A span of each piece of work that traced.ts tells of. Gives what ends that. */
export function traceWork(tracer: Tracer): () => void {
  const ends = tracedWork.map((name) => traceChannel(tracer, name))
  return () => {
    for (const end of ends) end()
  }
}

function traceChannel(tracer: Tracer, name: TracedWork): () => void {
  const channel = channelOf<Context>(name)
  const spans = new WeakMap<Traced, Span>()
  const finish = (work: Traced) => {
    const span = spans.get(work)
    if (!span) return
    spans.delete(work)
    if (work.error !== undefined) noteError(span, work.error)
    span.end()
  }
  const listeners = {
    start() {},
    // With an error already, it was thrown before there was a promise.
    end: (work: Traced) => work.error !== undefined && finish(work),
    asyncStart() {},
    asyncEnd: finish,
    error() {},
  }
  channel.start.bindStore(current, (work) => {
    const parent = contextNow()
    const span = tracer.startSpan(name, { attributes: { ...work.attributes } }, parent)
    spans.set(work, span)
    return inside(parent, span)
  })
  channel.subscribe(listeners)
  return () => {
    channel.start.unbindStore(current)
    channel.unsubscribe(listeners)
  }
}

/** Codes only: what a message says may be somebody's text. A refusal is an answer, and no error. */
function noteError(span: Span, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code !== undefined) span.setAttribute('signet.code', code)
  const refused = error instanceof Error && /Refused$/.test(error.name)
  if (!refused) span.setStatus({ code: SpanStatusCode.ERROR })
}
