/** A rating is written, and told to every agent: no visitor may keep them all busy with his. */
import { expect, test } from 'vitest'
import { minute } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'

test('a visitor thinks again as often as he likes, but not without end', async () => {
  const signet = await Signet.start()
  try {
    const shop = await Shop.open(signet)
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
  } finally {
    await signet.stop()
  }
})
