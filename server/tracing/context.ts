import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'

/** Inside of which span the work of the moment goes on. */
export const current = new AsyncLocalStorage<Context>()

export function contextNow(): Context {
  return current.getStore() ?? ROOT_CONTEXT
}

export function inside(parent: Context, span: Span): Context {
  return trace.setSpan(parent, span)
}
