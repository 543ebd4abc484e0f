import { type Api, createApi } from '../../client/api.ts'

/** Calls the agents' endpoints as the dashboard does: with its cookie, from its own origin. */
export function agentApi(url: string): Api {
  let cookie = ''
  const withCookie: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('origin', url)
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(input, { ...init, headers })
    const given = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (given.length > 0) cookie = given.join('; ')
    return response
  }
  return createApi({ baseUrl: url, fetch: withCookie })
}
