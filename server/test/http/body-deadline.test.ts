import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { bodyDeadline } from '../../http/body-deadline.ts'

test('[HT1] a body that hangs on the way is refused by code, and one that has come is not', async () => {
  const server = Fastify({ forceCloseConnections: true })
  server.post('/', { preParsing: bodyDeadline(150) }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { done: true }
  })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let heard = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text
  })
  socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{')
  await once(socket, 'close')
  expect(heard).toMatch(/^HTTP\/1\.1 400 .*invalid_request/s)
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  expect(await answer.json()).toEqual({ done: true })
  await server.close()
})
