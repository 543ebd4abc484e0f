/** Opens sockets that say hello, to the server and to the bare programs alike. */
import WebSocket from 'ws'
import type { HelloFrame } from '../../protocol/frames.ts'

// As real clients do; who is silent for long is taken for gone.
const pingMs = 20_000

export interface Place {
  url: string
  project: string
  cookie: string
}

export type Connect = (place: Place, session?: string) => Promise<WebSocket>

/** Resolves when the server has said `welcome`, or with whatever its first frame is. */
export function connect({ url, project, cookie }: Place, session?: string): Promise<WebSocket> {
  const headers = session === undefined ? { origin: url, cookie } : {}
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, { headers, perMessageDeflate: false })
  const hello: HelloFrame = { type: 'hello', v: 1, project, ...(session !== undefined && { session }) }
  const ping = setInterval(() => socket.send('{"type":"ping"}'), pingMs)
  socket.once('close', () => clearInterval(ping))
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify(hello)))
    socket.once('message', () => resolve(socket))
    socket.once('close', (code) => reject(new Error(`Closed with ${code} instead of a welcome.`)))
    socket.once('error', reject)
  })
}

/** One socket for each session. A few at a time, as a listening queue is short. */
export async function connectAll(open: Connect, place: Place, sessions: readonly string[]): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  let next = 0
  const one = async () => {
    while (next < sessions.length) {
      const index = next++
      sockets[index] = await open(place, sessions[index])
    }
  }
  await Promise.all(Array.from({ length: 32 }, one))
  return sockets
}
