import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Caller, CallRefused } from '../caller.ts'
import { freePort } from '../free-port.ts'
import { Shop, Signet } from '../signet.ts'

const email = 'ada@example.com'
const password = 'correct horse battery'
const owner = { name: 'Ada', email, password, projectName: 'Shop' }

let signet: Signet
let cookie: string

beforeAll(async () => {
  signet = await Signet.start()
  await signet.anybody.call('POST /setup', { body: owner })
  return () => signet.stop()
})

beforeEach(() => {
  // Forgets who was refused.
  signet.clock.advance(2 * 3_600_000)
})

const signIn = (body = { email, password }, by: Caller = signet.anybody) => by.answer('POST /agent-session', { body })
const refusal = (body = { email, password }, by: Caller = signet.anybody) => by.refusal('POST /agent-session', { body })

beforeEach(async () => {
  const { headers } = await signIn()
  cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
})

describe('the cookie', () => {
  test('[HT2] is HttpOnly, SameSite, for 14 days, and new at each sign-in', async () => {
    const { headers } = await signIn()
    const [set] = headers.getSetCookie()
    const parts = set?.split('; ') ?? []
    expect(parts.slice(1).toSorted()).toEqual(['HttpOnly', 'Max-Age=1209600', 'Path=/', 'SameSite=Lax'])
    expect(parts[0]).not.toBe(cookie)
    expect(await signet.agent(cookie).refusal('GET /me', {})).toBe('accepted')
  })

  test('[HT2][VS5] another sign-in on the same browser ends its old session, and its sockets', async () => {
    const [first, elsewhere] = [await signIn(), await signIn()]
    const cookieOf = ({ headers }: typeof first) => headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const [old, other] = [cookieOf(first), cookieOf(elsewhere)]
    const project = first.body.memberships[0]?.project.id ?? ''
    const socket = await signet.open({ cookie: old, origin: signet.url }).opened()
    socket.say({ type: 'hello', v: 1, project })
    await socket.next('welcome')
    const again = cookieOf(await signIn({ email, password }, signet.agent(old)))
    expect((await socket.next('ended')).reason).toBe('signed_out')
    const open = await Promise.all([old, again, other].map((value) => signet.agent(value).refusal('GET /me', {})))
    expect(open).toEqual(['not_signed_in', 'accepted', 'accepted'])
  })

  test('[HT2] a wrong password ends no session', async () => {
    expect(await refusal({ email, password: 'wrong' }, signet.agent(cookie))).toBe('wrong_credentials')
    expect(await signet.agent(cookie).refusal('GET /me', {})).toBe('accepted')
  })

  test('[HT2] is Secure where the address is https', async () => {
    const port = await freePort()
    const secure = await Signet.start({ config: { port, publicUrl: 'https://chat.example.com' } })
    const caller = new Caller(`http://127.0.0.1:${port}`, { origin: 'https://chat.example.com' })
    const { headers } = await caller.answer('POST /setup', { body: owner })
    expect(headers.getSetCookie()[0]).toContain('Secure')
    await secure.stop()
  })

  test('[HT2] is cleared and worthless after signing out', async () => {
    const { headers } = await signet.agent(cookie).answer('DELETE /agent-session', {})
    expect(headers.getSetCookie()[0]).toMatch(/^signet_agent=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
    expect(await signet.agent(cookie).refusal('GET /me', {})).toBe('not_signed_in')
  })

  test.each([
    ['the dashboard’s Origin', () => ({ origin: signet.url }), 'accepted'],
    ['no Origin, and Sec-Fetch-Site: same-origin', () => ({ 'sec-fetch-site': 'same-origin' }), 'accepted'],
    ['no Origin, and Sec-Fetch-Site: none', () => ({ 'sec-fetch-site': 'none' }), 'accepted'],
    ['neither Origin nor Sec-Fetch-Site', () => ({}), 'not_signed_in'],
    ['another Origin', () => ({ origin: 'https://evil.example' }), 'not_signed_in'],
    ['another port', () => ({ origin: 'http://localhost:1' }), 'not_signed_in'],
    ['Origin: null', () => ({ origin: 'null' }), 'not_signed_in'],
    ['an empty Origin', () => ({ origin: '' }), 'not_signed_in'],
    ['Sec-Fetch-Site: same-site', () => ({ 'sec-fetch-site': 'same-site' }), 'not_signed_in'],
    ['Sec-Fetch-Site: cross-site', () => ({ 'sec-fetch-site': 'cross-site' }), 'not_signed_in'],
    [
      'another Origin beside Sec-Fetch-Site: same-origin',
      () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }),
      'not_signed_in',
    ],
  ])('[HT2] with %s: %s', async (_name, headers, outcome) => {
    const caller = signet.anybody.with({ cookie, ...headers() })
    expect(await caller.refusal('GET /me', {})).toBe(outcome)
  })

  test('[HT2] is ignored where there is an Authorization header', async () => {
    const shop = await Shop.open(signet)
    const agent = shop.owner
    const { session } = await shop.signIn()
    const both = agent.caller.with({ authorization: `Bearer ${session}` })
    expect(await both.refusal('GET /me', {})).toBe('not_signed_in')
    expect(await agent.caller.with({ authorization: 'Bearer junk' }).refusal('GET /me', {})).toBe('not_signed_in')
    expect(await agent.caller.with({ authorization: '' }).refusal('GET /me', {})).toBe('not_signed_in')
    const list = { params: { project: shop.id }, query: {} }
    const junk = agent.caller.with({ authorization: 'Basic YTpi' })
    expect(await junk.refusal('GET /projects/:project/conversations', list)).toBe('session_ended')
    await (await shop.connect((await shop.signIn({ external_id: 'other' })).session)).write('Hello')
    expect((await both.call('GET /projects/:project/conversations', list)).conversations).toEqual([])
    expect((await agent.caller.call('GET /projects/:project/conversations', list)).conversations).toHaveLength(1)
  })

  test('[HT2] is no session of a visitor, nor is a visitor’s session a cookie', async () => {
    const shop = await Shop.open(signet)
    const value = shop.owner.headers.cookie.replace('signet_agent=', '')
    expect(await signet.visitor(value).refusal('GET /visitor-session', {})).toBe('session_ended')
    const { session } = await shop.signIn()
    expect(await signet.agent(`signet_agent=${session}`).refusal('GET /me', {})).toBe('not_signed_in')
  })

  test.each(['', '%E0%A4%A', 'x; signet_agent=y', '\u00e9', 'a'.repeat(5000)])(
    '[HT2] of nonsense is nobody: %j',
    async (value) => {
      const headers = { cookie: `signet_agent=${encodeURI(value).replaceAll('%25', '%')}` }
      expect(await signet.agent(headers.cookie).refusal('GET /me', {})).toBe('not_signed_in')
      const socket = await signet.open({ ...headers, origin: signet.url }).opened()
      socket.say({ type: 'hello', v: 1, project: 'any' })
      expect((await socket.next('error')).code).toBe('not_found')
    },
  )

  test.each([
    ['from another website', () => ({ origin: 'https://evil.example' })],
    ['without an Origin', () => ({})],
  ])('[HT2] does not count on a socket %s', async (_name, headers) => {
    const shop = await Shop.open(signet)
    const socket = await signet.open({ cookie: shop.owner.headers.cookie, ...headers() }).opened()
    socket.say({ type: 'hello', v: 1, project: shop.id })
    expect((await socket.next('error')).code).toBe('not_signed_in')
    expect(await socket.closed).toBe(4403)
  })
})

describe('signing in', () => {
  test('[HT2] takes the e-mail in any spelling, and the password in one', async () => {
    expect(await refusal({ email: ' ADA@Example.com ', password })).toBe('accepted')
    expect(await refusal({ email, password: `${password} ` })).toBe('wrong_credentials')
  })

  test('[HT2] does not tell whether the account or the password is wrong', async () => {
    const answers = await Promise.all(
      [
        { email, password: 'wrong' },
        { email: 'nobody@example.com', password: 'wrong' },
      ].map(async (body) => {
        const response = await signet.anybody.send('POST', '/api/v1/agent-session', body)
        return [response.status, await response.text()]
      }),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(401)
  })

  test('[HT2] from another website is refused, whatever the password', async () => {
    const evil = signet.anybody.with({ origin: 'https://evil.example' })
    expect(await refusal({ email, password }, evil)).toBe('origin_not_allowed')
  })

  test('[HT2] backs off per account and address after five wrong passwords, longer each time', async () => {
    const wrong = { email, password: 'wrong' }
    for (let count = 0; count < 5; count++) expect(await refusal(wrong)).toBe('wrong_credentials')
    const limited: unknown = await signIn(wrong).catch((error: unknown) => error)
    if (!(limited instanceof CallRefused)) throw new Error('It was not refused.')
    expect(limited.failure).toMatchObject({ code: 'rate_limited', retryAfterMs: 1000 })
    expect(limited.headers.get('retry-after')).toBe('1')
    // The right password has to wait, too: otherwise guessing would tell.
    expect(await refusal()).toBe('rate_limited')
    // Another account from this address need not.
    expect(await refusal({ email: 'other@example.com', password })).toBe('wrong_credentials')
    signet.clock.advance(1000)
    expect(await refusal(wrong)).toBe('wrong_credentials')
    signet.clock.advance(1999)
    expect(await refusal()).toBe('rate_limited')
    signet.clock.advance(1)
    expect(await refusal()).toBe('accepted')
    // Who got in has a clean slate.
    expect(await refusal(wrong)).toBe('wrong_credentials')
  })

  test('[HT2] somebody who guesses elsewhere does not keep the owner out, however long he goes on', async () => {
    const shared = await Signet.start({ config: { trustProxy: true } })
    await shared.anybody.call('POST /setup', { body: { ...owner, code: shared.app.setupCode ?? '' } })
    const from = (address: string, body = { email, password }) =>
      refusal(body, shared.anybody.with({ 'x-forwarded-for': address }))
    const wrong = { email, password: 'wrong' }
    expect(await from('203.0.113.1')).toBe('accepted')
    for (let count = 0; count < 7; count++) {
      await from('203.0.113.66', wrong)
      shared.clock.advance(15 * 60_000)
      expect(await from('203.0.113.1')).toBe('accepted')
      // Nor out of a new place.
      expect(await from(`203.0.113.${100 + count}`)).toBe('accepted')
    }
    await shared.stop()
  }, 30_000)

  test('[HT2] many wrong passwords at the same moment are many', async () => {
    const wrong = { email, password: 'wrong' }
    const codes = await Promise.all(Array.from({ length: 20 }, () => refusal(wrong)))
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(5)
  })
})
