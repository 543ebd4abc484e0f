/** What a visitor changes is written, and told to every agent: none of them may keep all agents busy. */
import { beforeEach, expect, test } from 'vitest'
import { minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeEach(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

test('a visitor thinks again of his rating as often as he likes, but not without end', async () => {
  const { session } = await shop.signIn({ external_id: 'ada' })
  const { conversationId: conversation } = await (await shop.connect(session)).write('Hello')
  const visitor = signet.visitor(session)
  await visitor.call('POST /conversations/:conversation/close', { params: { conversation } })
  const rate = (stars: number) =>
    visitor.refusal('PUT /conversations/:conversation/rating', { params: { conversation }, body: { stars } })
  for (let count = 0; count < 10; count++) expect(await rate(1 + (count % 5))).toBe('accepted')
  expect(await rate(5)).toBe('rate_limited')
  signet.clock.advance(minute)
  expect(await rate(5)).toBe('accepted')
})

test('nobody takes another name without end', async () => {
  const { session } = await shop.admit({})
  await (await shop.connect(session)).write('Hello')
  const say = (name: string) => signet.visitor(session).refusal('PATCH /visitor-session', { body: { name } })
  for (let count = 0; count < 20; count++) expect(await say(`Ada ${count}`)).toBe('accepted')
  expect(await say('Ada')).toBe('rate_limited')
  signet.clock.advance(minute)
  expect(await say('Ada')).toBe('accepted')
})
