import { ApiError, createApi } from '../../client/api.ts'
import { leave } from './me.ts'

const plain = createApi({ baseUrl: '' })

/** Calls the server as the agent of the cookie; when that is not good any more, the sign-in page follows. */
export const api: typeof plain = (key, input) => watched(plain(key, input))

/** The same for a change to what is on the screen: refused with `changed_meanwhile` if somebody else was faster. */
export function apiMatching(etag: string | undefined): typeof plain {
  if (etag === undefined) return api
  const matching = createApi({
    baseUrl: '',
    fetch: (address, init) => {
      const headers = new Headers(init?.headers)
      headers.set('if-match', `"${etag}"`)
      return fetch(address, { ...init, headers })
    },
  })
  return (key, input) => watched(matching(key, input))
}

async function watched<A>(asked: Promise<A>): Promise<A> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && signedOut.has(error.code)) leave('Sign in again to go on.')
    throw error
  }
}

const signedOut = new Set(['not_signed_in', 'session_ended'])

/** What to tell about a failure, whoever threw it. */
export function sentenceFor(error: unknown): string {
  if (codeOf(error) === 'changed_meanwhile') return fasterElse
  return error instanceof ApiError ? error.message : 'Something broke in this page. Reload it and try again.'
}

const fasterElse =
  'Somebody else was faster and has changed this. What you typed is still here: save again to put it over theirs.'

export function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.code : undefined
}

/** The field that a refusal is about. */
export function fieldOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.field : undefined
}
