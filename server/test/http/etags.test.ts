import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointKey, Input } from '../../../protocol/endpoints.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
})
afterAll(() => signet.stop())

const ofShop = () => ({ params: { project: shop.id } })
/** What somebody does who has this version before his eyes. */
const matching = (etag: string | null | undefined) => shop.owner.caller.with({ 'if-match': `"${etag ?? ''}"` })

async function change<K extends EndpointKey>(key: K, input: Input<K>, etag?: string | null) {
  const caller = etag === undefined ? shop.owner.caller : matching(etag)
  const { body, headers } = await caller.answer(key, input)
  return { body, etag: headers.get('etag')?.slice(1, -1) ?? null }
}

test('[HT1] of two who change the settings they have read, the second is told', async () => {
  const key = 'PATCH /projects/:project'
  const { headers } = await shop.owner.caller.answer('GET /projects/:project', ofShop())
  const read = headers.get('etag')?.slice(1, -1)
  const { memberships } = await shop.owner.caller.call('GET /me', {})
  expect(memberships[0]?.project).toMatchObject({ id: shop.id, etag: read })
  const first = await change(key, { ...ofShop(), body: { name: 'First' } }, read)
  expect(first.body).toMatchObject({ name: 'First', etag: first.etag })
  expect(await matching(read).refusal(key, { ...ofShop(), body: { name: 'Second' } })).toBe('changed_meanwhile')
  const again = await change(key, { ...ofShop(), body: { name: 'Second' } }, first.etag)
  expect(again.body.name).toBe('Second')
  expect((await change(key, { ...ofShop(), body: { name: 'First' } })).etag).toBe(first.etag)
})

test('[HT1] what changes by itself makes no other version of the settings', async () => {
  const { headers } = await shop.owner.caller.answer('GET /projects/:project', ofShop())
  const { session } = await shop.signIn()
  await (await shop.connect(session)).write('Hello')
  const after = await shop.owner.caller.answer('GET /projects/:project', ofShop())
  expect(after.headers.get('etag')).toBe(headers.get('etag'))
})

test('[HT1] at the same moment one of them is first', async () => {
  const { headers } = await shop.owner.caller.answer('GET /projects/:project', ofShop())
  const read = headers.get('etag')?.slice(1, -1)
  const asked = ['A', 'B', 'C', 'D'].map((name) =>
    matching(read).refusal('PATCH /projects/:project', { ...ofShop(), body: { name } }),
  )
  expect((await Promise.all(asked)).toSorted()).toEqual(['accepted', ...Array(3).fill('changed_meanwhile')])
})

test('[HT1] departments, too, whoever is in them in whatever order', async () => {
  const key = 'PATCH /projects/:project/departments/:department'
  const agentIds = [(await shop.member('agent')).id, shop.owner.id]
  const create = 'POST /projects/:project/departments'
  const made = await shop.owner.caller.call(create, { ...ofShop(), body: { name: 'Orders', agentIds } })
  const listed = await shop.owner.caller.call('GET /projects/:project/departments', ofShop())
  expect(listed.departments.map(({ etag }) => etag)).toEqual([made.etag])
  const params = { project: shop.id, department: made.id }
  const first = await change(key, { params, body: { name: 'Returns' } }, made.etag)
  expect(first.etag).not.toBe(made.etag)
  expect(await matching(made.etag).refusal(key, { params, body: { agentIds: [] } })).toBe('changed_meanwhile')
  expect((await change(key, { params, body: { agentIds: agentIds.toReversed() } }, first.etag)).etag).toBe(first.etag)
  const remove = 'DELETE /projects/:project/departments/:department'
  expect(await matching(made.etag).refusal(remove, { params })).toBe('changed_meanwhile')
  // Who leaves the project is another in it.
  const member = { params: { project: shop.id, agent: agentIds[0] ?? '' } }
  await shop.owner.caller.call('DELETE /projects/:project/members/:agent', member)
  expect(await matching(first.etag).refusal(key, { params, body: { name: 'R' } })).toBe('changed_meanwhile')
})

test('[HT1] webhooks, too', async () => {
  const key = 'PATCH /projects/:project/webhooks/:webhook'
  const body = { url: 'https://hooks.example.com/', events: ['message.added' as const] }
  const made = await shop.owner.caller.call('POST /projects/:project/webhooks', { ...ofShop(), body })
  const params = { project: shop.id, webhook: made.id }
  const { etag } = await change(key, { params, body: { enabled: false } }, made.etag)
  expect(await matching(made.etag).refusal(key, { params, body: { url: body.url } })).toBe('changed_meanwhile')
  const { webhooks } = await shop.owner.caller.call('GET /projects/:project/webhooks', ofShop())
  expect(webhooks.map((webhook) => [webhook.etag, webhook.enabled])).toEqual([[etag, false]])
  const remove = 'DELETE /projects/:project/webhooks/:webhook'
  expect(await matching(made.etag).refusal(remove, { params })).toBe('changed_meanwhile')
  expect(await matching(etag).refusal(remove, { params })).toBe('accepted')
})
