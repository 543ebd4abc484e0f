import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '../../../protocol/admin-records.ts'
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

const project = () => ({ params: { project: shop.id } })
const read = (query: { page?: string; limit?: string } = {}) =>
  shop.owner.caller.call('GET /projects/:project/audit-log', { ...project(), query })
const change = (body: Record<string, unknown>) =>
  shop.owner.caller.call('PATCH /projects/:project', { ...project(), body })

test('[SS9] each entry says who, when, what, and from which address', async () => {
  signet.clock.advance(1_000)
  await change({ enforcement: 'report' })
  const [entry] = (await read()).entries
  expect(entry).toMatchObject({
    at: signet.clock.ms,
    agent: { id: shop.owner.id, name: shop.owner.name },
    action: 'project_changed',
    address: '127.0.0.1',
  })
})

test('[SS9] a change of settings says what was and what is, and only of what is another', async () => {
  const at = (entries: AuditEntry[]) => entries[0]?.detail
  const first = { enforcement: 'report', allowedOrigins: ['https://shop.example'], singleUseTokens: false }
  await change(first)
  expect(at((await read()).entries)).toEqual({
    fields: ['enforcement', 'allowedOrigins'],
    enforcement: 'report',
    allowedOrigins: ['https://shop.example'],
    before: { enforcement: 'off', allowedOrigins: [] },
  })
  signet.clock.advance(1)
  await change({ enforcement: 'required', override: true, verifiedSessionSeconds: 600 })
  expect(at((await read()).entries)).toEqual({
    fields: ['enforcement', 'verifiedSessionSeconds'],
    enforcement: 'required',
    verifiedSessionSeconds: 600,
    before: { enforcement: 'report', verifiedSessionSeconds: 43_200 },
    override: true,
  })
})

test('[SS9] what is saved as it was leaves no trace', async () => {
  await change({ enforcement: 'report', name: 'Shop' })
  const { entries } = await read()
  await change({ enforcement: 'report', name: ' Shop ', allowedOrigins: [] })
  expect((await read()).entries).toEqual(entries)
})

test('[SS9] keys, roles and bans are in it, and no secret', async () => {
  const agent = await shop.member('agent')
  const params = { project: shop.id, agent: agent.id }
  await shop.owner.caller.call('PATCH /projects/:project/members/:agent', { params, body: { role: 'admin' } })
  await shop.generate({ previous: 'retire', graceSeconds: 60 })
  const { visitor } = await shop.signIn()
  const body = { visitorId: visitor.id }
  const ban = await shop.owner.caller.call('POST /projects/:project/bans', { ...project(), body })
  const path = { params: { project: shop.id, ban: ban.id } }
  await shop.owner.caller.call('DELETE /projects/:project/bans/:ban', path)
  const { entries } = await read()
  expect(new Set(entries.map(({ action }) => action))).toEqual(
    new Set(['secret_generated', 'secret_retired', 'role_changed', 'visitor_banned', 'ban_lifted']),
  )
  expect(JSON.stringify(entries)).not.toMatch(/sgn_|sealed/)
  const role = entries.find(({ action }) => action === 'role_changed')
  expect(role?.detail).toEqual({ agentId: agent.id, before: 'agent', after: 'admin' })
})

test('[SS9] comes in pages, the latest first, each entry once, however many fall into one millisecond', async () => {
  for (let count = 0; count < 12; count++) {
    if (count % 4 === 0) signet.clock.advance(1)
    await change({ verifiedSessionSeconds: 600 + count })
  }
  const seen: AuditEntry[] = []
  for (let page: string | null = ''; page !== null; ) {
    const got = await read({ limit: '5', ...(page && { page }) })
    seen.push(...got.entries)
    page = got.nextPage
  }
  expect(seen).toHaveLength(13)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(13)
  expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((one, other) => other - one))
  // Of what is written meanwhile, the pages that follow know nothing.
  const { nextPage } = await read({ limit: '5' })
  signet.clock.advance(1)
  await change({ verifiedSessionSeconds: 900 })
  const second = await read({ limit: '5', page: nextPage ?? '' })
  expect(second.entries).toEqual(seen.slice(5, 10))
})

test('[SS9] of another project there is nothing in it', async () => {
  const other = await Shop.open(signet, shop.owner)
  const { entries } = await read()
  expect(entries.map(({ detail }) => detail.id)).toEqual([shop.keyId])
  expect(other.keyId).not.toBe(shop.keyId)
})

test.each(['x', '1.', '-1.0199a8c0-0000-7000-8000-000000000001', "1.' or 1=1 --"])(
  '[HT1] "%s" is no page of it',
  async (page) => {
    const asked = shop.owner.caller.refusal('GET /projects/:project/audit-log', { ...project(), query: { page } })
    expect(await asked).toBe('invalid_request page')
  },
)
