import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveName } from '../../outside/resolve.ts'

let server: Socket
let asked: number

/** A name server that answers questions for addresses of the old kind, but none of names that begin with `silent`. */
beforeEach(async () => {
  asked = 0
  server = createSocket('udp4').bind(0, '127.0.0.1')
  server.on('message', (question, { port, address }) => {
    asked += 1
    if (!question.includes('silent')) server.send(answerTo(question), port, address)
  })
  await once(server, 'listening')
})
afterEach(() => server.close())

const of = (host: string) => resolveName(host, [`127.0.0.1:${server.address().port}`], 200)

function answerTo(question: Buffer): Buffer {
  const end = question.indexOf(0, 12) + 5
  const isFour = question.readUInt16BE(end - 4) === 1
  const head = Buffer.from(question.subarray(0, end))
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(isFour ? 1 : 0, 6)
  head.writeUInt16BE(0, 10)
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 7])
  return isFour ? Buffer.concat([head, record]) : head
}

test('[SS8][WH5] a name is given all its addresses, of either kind', async () => {
  expect(await of('site.example')).toEqual([{ address: '203.0.113.7', family: 4 }])
  expect(asked).toBe(2)
})

test('[SS8][WH5] names whose servers never answer are given up, and another is answered meanwhile', async () => {
  const silent = Array.from({ length: 50 }, (_, index) => of(`silent-${index}.example`))
  const outcomes = Promise.allSettled(silent)
  await lookup('localhost')
  await of('site.example')
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'ETIMEOUT' } })
})
