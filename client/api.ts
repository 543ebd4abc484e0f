import type { ErrorCode } from '../protocol/errors.ts'
import type { Failure, Operations } from './operations.ts'

export type Operation = keyof Operations
export type Input<K extends Operation> = Operations[K]['input']
export type Answer<K extends Operation> = Operations[K]['answer']

export interface ApiOptions {
  /** Where Signet answers, without `/api/v1`: an origin, an origin with a path, or `''` for the page's own. */
  baseUrl: string
  /** A visitor's session, if he has one. Given at all, no cookie ever travels; left out, the cookie is the caller. */
  session?: () => string | undefined
  fetch?: typeof globalThis.fetch
}

export type Api = <K extends Operation>(key: K, input?: Input<K>) => Promise<Answer<K>>

interface Details {
  field?: string
  retryAfterMs?: number
}

/** A refusal by the server, or `offline` when it was not reached at all. */
export class ApiError extends Error {
  declare readonly code: ErrorCode | 'offline'
  declare readonly status: number
  declare readonly field?: string
  declare readonly retryAfterMs?: number

  constructor(code: ErrorCode | 'offline', status: number, message: string, details: Details = {}) {
    super(message)
    Object.assign(this, details, { code, status })
  }
}

const patienceMs = 30_000

/** Calls the operations of the OpenAPI document by method and path. */
export function createApi({ baseUrl, session, fetch = globalThis.fetch }: ApiOptions): Api {
  return async (key, input) => {
    const [method = '', path = ''] = key.split(' ')
    const { params = {}, query = {}, body } = (input ?? {}) as Parts
    const address = `${baseUrl}/api/v1${fillIn(path, params)}${asQuery(query)}`
    const bearer = session?.()
    const headers: Record<string, string> = {}
    if (bearer) headers.authorization = `Bearer ${bearer}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    let response: Response
    let text: string
    try {
      response = await fetch(address, {
        method,
        headers,
        credentials: session ? 'omit' : 'same-origin',
        signal: AbortSignal.timeout(patienceMs),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      text = await response.text()
    } catch {
      throw new ApiError('offline', 0, 'The server cannot be reached.')
    }
    const answer = parse(text)
    if (!response.ok) throw refusal(response, answer)
    // The server answers by the very schemas that the document, and so these types, are made from.
    return answer as Answer<typeof key>
  }
}

type Fields = Record<string, unknown>

/** What every Input is, seen from inside; its exact type is the caller's side. */
interface Parts {
  params?: Fields
  query?: Fields
  body?: unknown
}

function fillIn(path: string, params: Fields): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function asQuery(query: Fields): string {
  // Through JSON, which leaves out what is undefined.
  const given = `${new URLSearchParams(JSON.parse(JSON.stringify(query)))}`
  return given && `?${given}`
}

export function refusal({ status }: { status: number }, answer: unknown): ApiError {
  const { error } = (answer ?? {}) as Partial<Failure>
  if (error?.code) return new ApiError(error.code, status, error.message, error)
  // Not Signet speaks, but something in between: a proxy's error page.
  return new ApiError(status < 500 ? 'invalid_request' : 'unavailable', status, `The server answered ${status}.`)
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
