import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'

test('[DL8] a stop tells sockets to move, at moments that are spread, and closes them', async () => {
  const signet = await Signet.start()
  const shop = await Shop.open(signet)
  const sockets = [await shop.connectAgent(shop.owner), await shop.connect((await shop.admit()).session)]
  await signet.stopPolitely()
  for (const socket of sockets) {
    const { retryAfterMs } = await socket.next('bye')
    expect(retryAfterMs).toBeGreaterThanOrEqual(0)
    expect(retryAfterMs).toBeLessThanOrEqual(3000)
    expect([1001, 1006]).toContain(await socket.closed)
  }
})

test('[DL8] a stop finishes what was accepted, and takes nothing new', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-stop-'))
  const signet = await Signet.start({ dataDir })
  const shop = await Shop.open(signet)
  const { session } = await shop.signIn()
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('first')
  const visitor = signet.visitor(session)
  const write = (text: string) =>
    visitor.refusal('POST /conversations/:conversation/messages', {
      params: { conversation: conversationId },
      body: { clientId: crypto.randomUUID(), text },
    })
  const inFlight = Array.from({ length: 10 }, (_, index) => write(`in flight ${index}`))
  const answered = Promise.allSettled(inFlight)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await signet.stopPolitely()
  const again = await Signet.start({ dataDir })
  const accepted = (await answered).filter((one) => one.status === 'fulfilled' && one.value === 'accepted').length
  await expect(visitor.send('GET', '/healthz')).rejects.toThrow()
  const rows = await again.app.model.database.rows('select id from messages', [])
  expect(rows.length).toBeGreaterThanOrEqual(accepted + 1)
  await again.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('[DL8] a stop is over soon, though somebody holds a connection open and says nothing', async () => {
  const signet = await Signet.start()
  const silent = await signet.open().opened()
  silent.raw.pause()
  const began = performance.now()
  await signet.stopPolitely()
  expect(performance.now() - began).toBeLessThan(5000)
})
