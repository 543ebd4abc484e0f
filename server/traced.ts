/**
 * Work that is a span where somebody traces. It goes over Node's tracing channels, so that nothing of OpenTelemetry is
 * loaded, and nothing is made, while nobody listens (server/tracing/).
 */
import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel'

/** No text that somebody wrote, and no secret: spans leave the house. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

export interface Traced {
  attributes: SpanAttributes
  error?: unknown
}

export const tracedWork = ['append', 'sign-in', 'delivery'] as const
export type TracedWork = (typeof tracedWork)[number]

const channels: Record<TracedWork, TracingChannel<Traced, unknown>> = {
  append: channelOf('append'),
  'sign-in': channelOf('sign-in'),
  delivery: channelOf('delivery'),
}

export function traced<Result>(
  name: TracedWork,
  attributes: SpanAttributes,
  work: () => Promise<Result>,
): Promise<Result> {
  const channel = channels[name]
  return channel.hasSubscribers ? channel.tracePromise(work, { attributes }) : work()
}

/** The channel as whoever listens finds it; `Store` is what he keeps for the time of the work. */
export function channelOf<Store>(name: TracedWork): TracingChannel<Traced, Store> {
  return tracingChannel<Traced, Store>(`signet.${name}`)
}
