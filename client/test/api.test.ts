import { expect, test } from 'vitest'
import { ApiError, createApi } from '../api.ts'

function answering(status: number, body: unknown, session?: () => string | undefined) {
  const calls: { url: string; init: RequestInit }[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    calls.push({ url: String(url), init })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  }
  const call = createApi({ baseUrl: 'https://chat.test', fetch, ...(session && { session }) })
  return { call, calls }
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const conversation = '018f0000-0000-7000-8000-00000000c001'

test('fills in the path, encoded, and adds the query that was given', async () => {
  const { call, calls } = answering(200, { conversations: [], nextPage: null })
  await call('GET /projects/:project/conversations', { params: { project: 'a/b c' }, query: { text: 'ä&b' } })
  expect(calls[0]?.url).toBe('https://chat.test/api/v1/projects/a%2Fb%20c/conversations?text=%C3%A4%26b')
  expect(calls[0]?.init.method).toBe('GET')
  expect(calls[0]?.init.body).toBeUndefined()
})

test('sends bodies as JSON', async () => {
  const { call, calls } = answering(201, {})
  await call('POST /projects', { body: { name: 'Shop' } })
  expect(calls[0]?.init.body).toBe('{"name":"Shop"}')
  expect(calls[0]?.init.headers).toEqual({ 'content-type': 'application/json' })
})

test('[HT2] a visitor travels by Authorization and never with a cookie, signed in or not', async () => {
  let session: string | undefined = 's1'
  const { call, calls } = answering(200, {}, () => session)
  await call('GET /visitor-session')
  expect(calls[0]?.init.headers).toEqual({ authorization: 'Bearer s1' })
  expect(calls[0]?.init.credentials).toBe('omit')
  session = undefined
  await call('GET /visitor-session')
  expect(calls[1]?.init.headers).toEqual({})
  expect(calls[1]?.init.credentials).toBe('omit')
})

test('[HT2] an agent travels by the cookie of the same origin', async () => {
  const { call, calls } = answering(200, {})
  await call('GET /me')
  expect(calls[0]?.init.credentials).toBe('same-origin')
})

test('a refusal throws its code, sentence, field and how long to wait', async () => {
  const error = { code: 'rate_limited', message: 'Too much at once.', field: 'text', retryAfterMs: 3_000 }
  const { call } = answering(429, { error })
  const thrown = await refused(call('GET /conversations/:conversation', { params: { conversation } }))
  expect(thrown).toBeInstanceOf(ApiError)
  expect(thrown).toMatchObject({ ...error, status: 429 })
})

test('an empty answer is null', async () => {
  const { call } = answering(200, '')
  expect(await call('DELETE /visitor-session')).toBeNull()
})

test("a proxy's error page is a refusal too", async () => {
  const { call } = answering(502, '<h1>Bad gateway</h1>')
  expect(await refused(call('GET /me'))).toMatchObject({ code: 'unavailable', status: 502 })
})

test('no network is offline', async () => {
  const call = createApi({ baseUrl: '', fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
  expect(await refused(call('GET /me'))).toMatchObject({ code: 'offline', status: 0 })
})
