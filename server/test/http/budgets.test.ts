import { afterAll, beforeAll, expect, test } from 'vitest'
import { minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  // One a second; three are gone when the project and its key are made.
  signet = await Signet.start({ config: { requestsPerMinute: 60, requestBurst: 5 } })
  shop = await Shop.open(signet)
})
afterAll(() => signet.stop())

const standing = ({ headers }: Response) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)))

test('[HT2] every answer says what an agent has left, a refusal too, and nobody pays for another', async () => {
  signet.clock.advance(minute)
  const { caller } = await shop.member('owner')
  const ask = () => caller.send('GET', '/api/v1/me')
  expect(standing(await ask())).toEqual([5, 4, 1])
  expect(standing(await caller.send('GET', `/api/v1/projects/${crypto.randomUUID()}`))).toEqual([5, 3, 2])
  for (let asked = 0; asked < 3; asked++) await ask()
  const refused = await ask()
  expect([refused.status, refused.headers.get('retry-after'), ...standing(refused)]).toEqual([429, '1', 5, 0, 5])
  expect((await shop.owner.caller.send('GET', '/api/v1/me')).status).toBe(200)
  signet.clock.advance(1_000)
  expect((await ask()).status).toBe(200)
})

test('[HT2] a key has its own, whatever it lacks; whoever shows none that is good has none', async () => {
  signet.clock.advance(minute)
  const made = async () => {
    const body = { name: 'Backend', scopes: ['project:read' as const] }
    const params = { project: shop.id }
    const { key } = await shop.owner.caller.call('POST /projects/:project/api-keys', { params, body })
    return signet.anybody.with({ authorization: `Bearer ${key}` })
  }
  const [one, other] = [await made(), await made()]
  const path = `/api/v1/projects/${shop.id}`
  expect(standing(await one.send('GET', `${path}/bans`))).toEqual([5, 4, 1])
  for (let asked = 0; asked < 4; asked++) expect((await one.send('GET', path)).status).toBe(200)
  expect((await one.send('GET', path)).status).toBe(429)
  expect((await other.send('GET', path)).status).toBe(200)
  const nobody = await signet.anybody.with({ authorization: `Bearer sga_${'x'.repeat(43)}` }).send('GET', path)
  expect([nobody.status, nobody.headers.get('ratelimit-limit')]).toEqual([401, null])
})

test('[HT2] visitors and pages have allowances of their own', async () => {
  const { session } = await shop.signIn()
  const asking = () => signet.visitor(session).send('GET', '/api/v1/visitor-session')
  const answers = await Promise.all(Array.from({ length: 10 }, asking))
  expect(answers.map((answer) => [answer.status, answer.headers.has('ratelimit-limit')])).toEqual(
    Array(10).fill([200, false]),
  )
})

test('[HT3] each answer has an id: the one that was given, if it is short and plain', async () => {
  const idOf = async (path: string, given?: string) => {
    const headers = given === undefined ? {} : { 'x-request-id': given }
    return (await signet.anybody.send('GET', path, undefined, headers)).headers.get('x-request-id')
  }
  const made = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
  for (const path of ['/api/v1/setup', '/api/v1/nothing', '/nothing', '/healthz', '/%ff', '/api/v1/%ff']) {
    expect([path, await idOf(path)]).toEqual([path, expect.stringMatching(made)])
    expect([path, await idOf(path, 'shop/42')]).toEqual([path, 'shop/42'])
  }
  for (const odd of ['x'.repeat(101), 'a b', '{"a":1}', '-x']) expect(await idOf('/api/v1/setup', odd)).toMatch(made)
})
