/** Every list that can be long is read in the same way: `limit`, `page`, `nextPage` (HT1). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  for (let made = 0; made < 4; made++) {
    const { visitor } = await shop.signIn({ external_id: `v${made}` })
    const params = { project: shop.id }
    await shop.owner.caller.call('POST /projects/:project/bans', { params, body: { visitorId: visitor.id } })
    const email = `${made}@example.com`
    await shop.owner.caller.call('POST /projects/:project/invitations', { params, body: { email, role: 'agent' } })
    await shop.member('agent')
    // Some at the same moment, which must not be lost between two pages.
    if (made % 2 === 1) signet.clock.advance(1_000)
  }
})
afterAll(() => signet.stop())

const lists = {
  bans: 'GET /projects/:project/bans',
  invitations: 'GET /projects/:project/invitations',
  members: 'GET /projects/:project/members',
  entries: 'GET /projects/:project/audit-log',
} as const

async function read(key: (typeof lists)[keyof typeof lists], query: { page?: string; limit?: string }) {
  const answer = await shop.owner.caller.call(key, { params: { project: shop.id }, query })
  const { nextPage, ...rest } = answer
  const rows: unknown[] = Object.values(rest)[0] ?? []
  return { rows: rows.map((row) => JSON.stringify(row)), nextPage }
}

test.each(Object.values(lists))('[HT1] %s comes in pages, each row once and in order', async (key) => {
  const { rows: all, nextPage: none } = await read(key, {})
  expect([all.length >= 4, none]).toEqual([true, null])
  const paged = []
  let page: string | null = null
  do {
    const { rows, nextPage }: Awaited<ReturnType<typeof read>> = await read(key, { limit: '3', ...(page && { page }) })
    expect(rows.length).toBeLessThanOrEqual(3)
    paged.push(...rows)
    page = nextPage
  } while (page !== null)
  expect(paged).toEqual(all)
})

test.each(Object.values(lists))('[HT1] %s refuses a page that is none, and too much at once', async (key) => {
  const refusal = (query: object) => shop.owner.caller.refusal(key, { params: { project: shop.id }, query })
  expect(await refusal({ page: 'none' })).toBe('invalid_request page')
  expect(await refusal({ limit: '201' })).toBe('invalid_request limit')
  expect(await refusal({ limit: '0' })).toBe('invalid_request limit')
})
