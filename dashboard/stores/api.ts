import { ApiError, createApi } from '../../client/api.ts'
import { leave } from './me.ts'

const plain = createApi({ baseUrl: '' })

/** Calls the server as the agent of the cookie; when that is not good any more, the sign-in page follows. */
export const api: typeof plain = async (key, input) => {
  try {
    return await plain(key, input)
  } catch (error) {
    if (error instanceof ApiError && signedOut.has(error.code)) leave('Sign in again to go on.')
    throw error
  }
}

const signedOut = new Set(['not_signed_in', 'session_ended'])

/** What to tell about a failure, whoever threw it. */
export function sentenceFor(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something broke in this page. Reload it and try again.'
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.code : undefined
}

/** The field that a refusal is about. */
export function fieldOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.field : undefined
}
