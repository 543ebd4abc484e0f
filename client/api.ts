import type { Answer, EndpointKey, Input } from '../protocol/endpoints.ts'
import type { ErrorCode } from '../protocol/errors.ts'

export interface ApiOptions {
  /** Where Signet answers, without `/api/v1`: an origin, an origin with a path, or `''` for the page's own. */
  baseUrl: string
  /** A visitor's session, if he has one. Given at all, no cookie ever travels; left out, the cookie is the caller. */
  session?: () => string | undefined
  fetch?: typeof globalThis.fetch
}

export type Api = <K extends EndpointKey>(key: K, input?: Input<K>) => Promise<Answer<K>>

interface Details {
  field?: string
  retryAfterMs?: number
}

/** A refusal by the server, or `offline` when it was not reached at all. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline'
  readonly status: number
  readonly field?: string
  readonly retryAfterMs?: number

  constructor(code: ErrorCode | 'offline', status: number, message: string, details: Details = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    Object.assign(this, details)
  }
}

const patienceMs = 30_000

/** Calls endpoints of protocol/endpoints.ts by their key. */
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
      throw new ApiError('offline', 0, 'The server cannot be reached. Check the connection.')
    }
    const answer = parse(text)
    if (!response.ok) throw refusal(response, answer)
    // The server answers by the very schemas these types are made from.
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
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : ''
}

function refusal(response: Response, answer: unknown): ApiError {
  const { status } = response
  const error = isFields(answer) && isFields(answer.error) ? answer.error : {}
  const { code, message, field, retryAfterMs } = error
  if (!isCode(code)) {
    // Not Signet speaks, but something in between: a proxy's error page.
    return new ApiError(status < 500 ? 'invalid_request' : 'unavailable', status, `The server answered ${status}.`)
  }
  return new ApiError(code, status, String(message), {
    ...(typeof field === 'string' && { field }),
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
  })
}

/** A newer server may know codes that this browser does not; callers treat those as any other refusal. */
function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string'
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
