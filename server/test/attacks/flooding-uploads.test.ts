import { connect, type Socket } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { Shop, Signet } from '../signet.ts'
import { filesOnDisk } from '../uploads.ts'

const signet = await Signet.start()
const shop = await Shop.open(signet)
const sockets: Socket[] = []
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await signet.stop()
})

test('[AT3] anonymous uploads that hang leave room for whoever comes with a name, from the same address too', async () => {
  let refused = 0
  for (let visitor = 0; visitor < 4; visitor++) {
    const { session } = await shop.admit()
    for (let file = 0; file < 4; file++) {
      const socket = connect(Number(new URL(signet.url).port), '127.0.0.1').on('error', () => {})
      sockets.push(socket)
      socket.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('rate_limited')) refused += 1
      })
      const lines = ['host: localhost', `authorization: Bearer ${session}`, 'content-length: 1000', '', 'Half of it']
      socket.write(`POST /api/v1/projects/${shop.id}/attachments HTTP/1.1\r\n${lines.join('\r\n')}`)
    }
  }
  await vi.waitFor(() => expect([refused, filesOnDisk(signet).length]).toEqual([4, 12]), { timeout: 20_000 })
  const { session } = await shop.signIn()
  expect(await signet.visitor(session).upload(shop.id)).toMatchObject({ type: 'text/plain' })
})
