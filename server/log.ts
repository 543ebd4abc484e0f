/**
 * What a line of the log may say: one JSON object, with the id of the request it belongs to. No secret and no text
 * that somebody wrote: addresses only as the route's pattern, errors without the values that a database quotes.
 */
import type { FastifyRequest } from 'fastify'

export function logOptions(level: string) {
  return {
    level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { req: describeRequest, err: describeError },
  }
}

// Types and not interfaces: to Fastify a line is an open record.
type Described = { method: string; route: string | undefined; project?: string }

/** Not the address itself: invitations, set-up codes, searches and what a mail links to stand in addresses. */
function describeRequest({ method, routeOptions, params }: FastifyRequest): Described {
  const project = typeof params === 'object' && params !== null ? Reflect.get(params, 'project') : undefined
  return { method, route: routeOptions?.url, ...(typeof project === 'string' && isId.test(project) && { project }) }
}

const isId = /^[0-9A-Za-z-]{1,64}$/

type DescribedError = { type: string; message: string; stack: string; code?: string; cause?: DescribedError }

export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Something was thrown that is no error.', stack: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const message = quotesValues(error, code) ? 'A value was refused.' : error.message
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    type: error.name,
    message,
    stack: frames.join('\n'),
    ...(code !== undefined && { code }),
    ...(error.cause instanceof Error && error.cause !== error && { cause: describeError(error.cause) }),
  }
}

/** PostgreSQL's data exceptions (class 22) and JSON's parser say the very value that they could not take. */
function quotesValues(error: Error, code: string | undefined): boolean {
  return error instanceof SyntaxError || (code !== undefined && /^22[0-9A-Z]{3}$/.test(code))
}

/** Whoever asks may name his request, to find it here again; what could not stand in a log gets a name of ours. */
export function requestIdFrom(given: string | string[] | undefined, make: () => string): string {
  return typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,99}$/.test(given) ? given : make()
}
