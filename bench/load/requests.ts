/**
 * Posts sign-ins over connections that are kept open. By hand over `net`: Node's own clients cost more than the
 * servers under test and would be what is measured.
 */
import { connect, type Socket } from 'node:net'
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import { signToken } from '../tokens.ts'

interface Load {
  url: string
  path: string
  secret: string
  connections: number
  seconds: number
}

let customers = 0

const handlers = {
  /** Gives sign-ins a second, each of another customer. */
  async signIn({ url, path, secret, connections, seconds }: Load): Promise<number> {
    const { hostname, port, host } = new URL(url)
    const sockets = Array.from({ length: connections }, () => connect(Number(port), hostname).setNoDelay())
    const run = async (forSeconds: number) => {
      // Signed beforehand, as that is the work of the customers' site. More than that many come round again.
      const requests = Array.from({ length: Math.ceil(forSeconds * 8_000) }, () => requestFor(host, path, secret))
      const until = performance.now() + forSeconds * 1000
      let sent = 0
      const next = () => (performance.now() < until ? requests[sent++ % requests.length] : undefined)
      const began = performance.now()
      await Promise.all(sockets.map((socket) => keepPosting(socket, next)))
      return sent / ((performance.now() - began) / 1000)
    }
    await run(seconds / 3)
    const perSecond = await run(seconds)
    for (const socket of sockets) socket.destroy()
    return perSecond
  },
}
export type Requests = typeof handlers

exitOnSignal()
answer(handlers)

function requestFor(host: string, path: string, secret: string): Buffer {
  const body = JSON.stringify({ token: signToken(secret, `customer-${++customers}`) })
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  return Buffer.from(`${head}\r\n\r\n${body}`)
}

function keepPosting(socket: Socket, next: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const post = () => {
      const request = next()
      if (request) socket.write(request)
      else resolve()
    }
    socket.removeAllListeners()
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server hung up.')))
    socket.on('data', (data) => {
      heard += data.toString('latin1')
      const end = endOfAnswer(heard)
      if (end === undefined || heard.length < end) return
      if (!heard.startsWith('HTTP/1.1 201')) reject(new Error(heard))
      heard = heard.slice(end)
      post()
    })
    post()
  })
}

function endOfAnswer(heard: string): number | undefined {
  const body = heard.indexOf('\r\n\r\n')
  const length = heard.match(/content-length: ([0-9]+)/i)?.[1]
  return body < 0 || length === undefined ? undefined : body + 4 + Number(length)
}
