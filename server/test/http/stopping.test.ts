import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { Signet } from '../signet.ts'

test('[DL8] [HT1] what still comes over an open connection while the server stops is answered', async () => {
  const signet = await Signet.start()
  const { port } = new URL(signet.url)
  const socket = connect({ port: Number(port), host: '127.0.0.1' })
  await once(socket, 'connect')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  const begun = `POST /api/v1/agent-session HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`
  socket.write(`${begun}content-length: 2\r\n\r\n`)
  await signet.anybody.send('GET', '/healthz')
  const stopped = signet.stop()
  await expect.poll(() => signet.anybody.send('GET', '/healthz').catch(() => 'nobody listens')).toBe('nobody listens')
  socket.write(`{}GET /api/v1/setup HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`)
  await Promise.all([once(socket, 'close'), stopped])
  expect(answer).toMatch(/^HTTP\/1.1 400 .*HTTP\/1.1 200 .*"needed":true/s)
})
