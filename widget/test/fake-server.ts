import { ApiError } from '../../client/api.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import type { Server } from '../server.ts'

export interface Call {
  session: string | undefined
  key: string
  body: Record<string, unknown>
}

/** A server whose every answer the test gives, and gives when it wants to. */
export function fakeServer() {
  const calls: Call[] = []
  const answers = new Map<string, (call: Call) => unknown>()

  const as = (session?: string) => async (key: string, input?: { body?: Record<string, unknown> }) => {
    const call = { session, key, body: input?.body ?? {} }
    calls.push(call)
    const answer = answers.get(key)
    return answer ? await answer(call) : null
  }
  // A double of the typed client: the tests answer what the endpoints would.
  const server = { project: 'p1', as } as unknown as Server
  return {
    server,
    calls,
    on: (key: string, answer: (call: Call) => unknown) => void answers.set(key, answer),
    callsOf: (key: string) => calls.filter((call) => call.key === key),
  }
}

export function refuse(code: ErrorCode | 'offline', retryAfterMs?: number): never {
  throw new ApiError(code, code === 'offline' ? 0 : 401, `${code}.`, retryAfterMs === undefined ? {} : { retryAfterMs })
}

/** The server's answer to a token: a visitor whose id comes from his external id. */
export function admission(externalId: string, given: Record<string, unknown> = {}) {
  const visitor = { id: `id-${externalId}`, externalId, name: externalId, email: null, verified: true }
  return {
    session: `session-${externalId}`,
    expiresAt: 1_800_043_200_000,
    visitor,
    conversations: 1,
    unread: 0,
    ...given,
  }
}

/** A token that claims to be for this person; nobody signed it. */
export function tokenFor(externalId: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part({ external_id: externalId })}.c2ln`
}
