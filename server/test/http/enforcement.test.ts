import { beforeAll, beforeEach, expect, test } from 'vitest'
import { enforcementCounts } from '../../model/sign-in/enforcement.ts'
import { day } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const params = () => ({ project: shop.id })
const change = (body: object) => shop.owner.caller.refusal('PATCH /projects/:project', { params: params(), body })
const numbers = () => shop.owner.caller.call('GET /projects/:project/enforcement', { params: params() })
const enforcement = async () => {
  const project = await shop.owner.caller.call('GET /projects/:project', { params: params() })
  return 'enforcement' in project && project.enforcement
}
const entries = async () =>
  (await shop.owner.caller.call('GET /projects/:project/audit-log', { params: params(), query: {} })).entries

test('[VS10] required needs a valid sign-in in the last 7 days, and says what to do', async () => {
  expect(await change({ enforcement: 'required' })).toBe('no_recent_sign_in enforcement')
  const answer = await shop.owner.caller.send('PATCH', `/api/v1/projects/${shop.id}`, { enforcement: 'required' })
  expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('override')])
  await shop.admit()
  expect(await change({ enforcement: 'required' })).toBe('no_recent_sign_in enforcement')
  await shop.signIn()
  signet.clock.advance(7 * day)
  expect(await change({ enforcement: 'required' })).toBe('no_recent_sign_in enforcement')
  expect(await enforcement()).toBe('off')
  await shop.signIn()
  signet.clock.advance(7 * day - 1)
  expect(await change({ enforcement: 'required' })).toBe('accepted')
})

test('[VS10] a sign-in elsewhere is none here', async () => {
  await (await Shop.open(signet)).signIn()
  expect(await change({ enforcement: 'required' })).toBe('no_recent_sign_in enforcement')
})

test('[VS10][SS9] an override is taken at its word, and written down', async () => {
  expect(await change({ enforcement: 'required', override: true, name: 'Shop 2' })).toBe('accepted')
  expect(await enforcement()).toBe('required')
  expect((await entries())[0]).toMatchObject({
    action: 'project_changed',
    detail: { fields: expect.arrayContaining(['enforcement', 'name']), enforcement: 'required', override: true },
  })
})

test('[VS10] whoever saves what is on already need not override it, and everything else is free', async () => {
  await change({ enforcement: 'required', override: true })
  expect(await change({ enforcement: 'required', name: 'Shop 3' })).toBe('accepted')
  expect(await change({ enforcement: 'report' })).toBe('accepted')
  expect(await change({ enforcement: 'off', override: false })).toBe('accepted')
  expect((await entries())[0]?.detail).not.toHaveProperty('override')
  expect(await change({ override: true })).toBe('accepted')
})

test('[VS10] report refuses nobody', async () => {
  await change({ enforcement: 'report' })
  expect((await shop.admit()).visitor.verified).toBe(false)
})

test('[VS10] the numbers tell who would be refused: anonymous sessions in use, beside those with a token', async () => {
  expect(await numbers()).toEqual({ lastSignInAt: null, days: 7, signedIn: 0, anonymous: 0 })
  const early = signet.clock.ms
  await shop.signIn()
  const returning = await shop.admit()
  await shop.admit()
  await (await Shop.open(signet)).signIn()
  expect(await numbers()).toEqual({ lastSignInAt: early, days: 7, signedIn: 1, anonymous: 2 })
  signet.clock.advance(7 * day)
  expect(await numbers()).toEqual({ lastSignInAt: early, days: 7, signedIn: 0, anonymous: 0 })
  await signet.visitor(returning.session).call('GET /visitor-session', {})
  expect((await numbers()).anonymous).toBe(1)
  await shop.signIn({ external_id: 'a' })
  await shop.signIn({ external_id: 'b' })
  expect(await numbers()).toEqual({ lastSignInAt: signet.clock.ms, days: 7, signedIn: 2, anonymous: 1 })
})

test('[VS10] among 100,000 sessions the numbers are counted in an index', async () => {
  const { database } = signet.app.model
  const { visitor } = await shop.signIn()
  await database.transaction((tx) =>
    tx.rows(
      `insert into visitor_sessions (id, project_id, visitor_id, token_hash, key_id, verified_at, created_at, expires_at)
       with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < 100000)
       select 'n' || i, ?, ?, 'n' || i, iif(i % 2, ?, null), iif(i % 2, ? - i, null), 0, ? + i from numbers`,
      [shop.id, visitor.id, shop.keyId, signet.clock.ms, signet.clock.ms + 180 * day],
    ),
  )
  const planOf = async (sql: string) =>
    (await database.rows<{ detail: string }>(`explain query plan ${sql}`, [shop.id, 0])).map(({ detail }) => detail)
  expect(await planOf(enforcementCounts.signedIn)).toEqual([
    expect.stringContaining('COVERING INDEX visitor_sessions_by_sign_in'),
  ])
  expect(await planOf(enforcementCounts.anonymous)).toEqual([
    expect.stringContaining('COVERING INDEX visitor_sessions_by_use'),
  ])
  expect(await numbers()).toEqual({ lastSignInAt: signet.clock.ms, days: 7, signedIn: 50_001, anonymous: 50_000 })
})
