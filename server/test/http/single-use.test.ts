import { beforeAll, beforeEach, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  await ask(true)
})

const ask = (singleUseTokens: boolean) =>
  shop.owner.caller.call('PATCH /projects/:project', { params: { project: shop.id }, body: { singleUseTokens } })
const offer = (token: string, more: object = {}) =>
  signet.anybody.refusal('POST /projects/:project/visitor-sessions', {
    params: { project: shop.id },
    body: { token, ...more },
  })

test('[VT13] where a project asks for single use, a token without a usable jti is refused', async () => {
  for (const jti of [undefined, '', 7, 'x'.repeat(256)]) {
    expect(await offer(shop.token({ jti }))).toBe('claim_missing jti')
  }
  expect(await offer(shop.token({ jti: 'one' }))).toBe('accepted')
})

test('[VT13] a token is good once, in whatever browser, and its jti is spent with it', async () => {
  const token = shop.token({ jti: 'one' })
  expect(await Promise.all([offer(token), offer(token), offer(token)])).toEqual(
    expect.arrayContaining(['accepted', 'token_replayed jti', 'token_replayed jti']),
  )
  expect(await offer(shop.token({ jti: 'one', external_id: 'somebody else' }))).toBe('token_replayed jti')
})

test('[VT13] a replay ends and changes nothing, not even for whom it names', async () => {
  const first = await shop.signIn({ jti: 'one', name: 'Grace' })
  const next = await shop.signIn({ jti: 'two', external_id: 'b' })
  const replayed = { previousSession: next.session }
  expect(await offer(shop.token({ jti: 'one', name: 'Mallory' }), replayed)).toBe('token_replayed jti')
  for (const { session } of [first, next]) {
    expect(await signet.visitor(session).refusal('GET /visitor-session', {})).toBe('accepted')
  }
  expect((await signet.visitor(first.session).call('GET /visitor-session', {})).visitor.name).toBe('Grace')
})

test('[VT13] what was refused for another reason is not spent', async () => {
  const token = shop.token({ jti: 'one' })
  const { visitor } = await shop.signIn({ jti: 'zero' })
  const params = { project: shop.id }
  const { id } = await shop.owner.caller.call('POST /projects/:project/bans', {
    params,
    body: { visitorId: visitor.id },
  })
  expect(await offer(token)).toBe('banned')
  await shop.owner.caller.call('DELETE /projects/:project/bans/:ban', { params: { ...params, ban: id } })
  expect(await offer(token)).toBe('accepted')
})

test('[VT13] where nobody asks for it, a jti means nothing', async () => {
  await ask(false)
  const token = shop.token({ jti: 'one' })
  expect([await offer(token), await offer(token)]).toEqual(['accepted', 'accepted'])
  expect(await offer(shop.token())).toBe('accepted')
})
