/** SQLite that may not grow any more fails as it does on a disk that is full. */
import { beforeEach, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'

let signet: Signet
let shop: Shop
let visitor: Socket

beforeEach(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  visitor = await shop.connect((await shop.signIn()).session)
  return () => signet.stop()
})

const allowPages = (count: number) =>
  signet.app.model.database.transaction((tx) => tx.rows(`pragma max_page_count = ${count}`, []))

test('[DL2][HT1] on a full disk what writes is refused as for now, what reads is answered, and nothing acked is lost', async () => {
  const { conversationId } = await visitor.write('before')
  const { caller } = shop.owner
  const params = { conversation: conversationId }
  const write = (text: string) =>
    caller.refusal('POST /conversations/:conversation/messages', {
      params,
      body: { clientId: crypto.randomUUID(), text },
    })
  const stored = async () => {
    const { messages } = await caller.call('GET /conversations/:conversation/messages', { params, query: {} })
    return messages.length
  }
  const before = await stored()
  await allowPages(1)
  let accepted = 0
  let outcome = 'accepted'
  for (; outcome === 'accepted' && accepted < 30; accepted++) outcome = await write('x'.repeat(8_000))
  expect(outcome).toBe('unavailable')
  const [clientId, text] = [crypto.randomUUID(), 'y'.repeat(8_000)]
  visitor.say({ type: 'send', clientId, conversationId, text })
  expect(await visitor.next('error')).toMatchObject({ code: 'unavailable', retryAfterMs: 5_000, clientId })
  expect(await stored()).toBe(before + accepted - 1)
  await allowPages(1_000_000)
  await visitor.write(text, conversationId, clientId)
  expect(await stored()).toBe(before + accepted)
})
