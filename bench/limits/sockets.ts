/** `ws` with nothing behind it: welcomes whoever says hello, and sends one frame to all whenever somebody writes. */
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { answer } from '../answer.ts'
import { listen } from '../listen.ts'
import { memoryHeld } from '../memory.ts'
import { exitOnSignal } from '../scratch.ts'

const http = createServer()
const listeners = new Set<WebSocket>()
let frame = Buffer.from('{"type":"message"}')

const server = new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', (data) => hear(socket, JSON.parse(data.toString())))
  socket.on('close', () => listeners.delete(socket))
})

const handlers = {
  listen: (_asked: null): Promise<string> => listen(http),
  memory: memoryHeld,
  /** The bytes to send, taken from the real server. */
  async use({ bytes }: { bytes: string }): Promise<void> {
    frame = Buffer.from(bytes)
  },
  /** Tells everybody to go. */
  async closeAll(_asked: null): Promise<void> {
    for (const client of server.clients) {
      client.send('{"type":"ended","reason":"secret_revoked"}')
      client.close(4401)
    }
  },
}
export type BareSockets = typeof handlers

exitOnSignal()
answer(handlers)

function hear(socket: WebSocket, said: { type: string; session?: string }): void {
  if (said.type === 'hello') {
    if (said.session === undefined) listeners.add(socket)
    socket.send('{"type":"welcome"}')
    return
  }
  if (said.type === 'ping') return socket.send('{"type":"pong"}')
  for (const listener of listeners) listener.send(frame, { binary: false })
}
