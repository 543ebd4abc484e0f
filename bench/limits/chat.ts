/**
 * A chat with nothing in it: takes a frame, stores it durably with what arrived in the same turn, acks it to its
 * sender and delivers it to the one peer. It speaks the product's frames, so that the same load can be put on both.
 */
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { answer } from '../answer.ts'
import { listen } from '../listen.ts'
import { memoryHeld } from '../memory.ts'
import { exitOnSignal } from '../scratch.ts'
import { newMessage, openMessages } from './messages.ts'

const messages = await openMessages()
const http = createServer()
let peer: WebSocket | undefined
let delivered = 0

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', (data) => void hear(socket, JSON.parse(data.toString())))
})

const handlers = {
  listen: (_asked: null): Promise<string> => listen(http),
  memory: memoryHeld,
}
export type BareChat = typeof handlers

exitOnSignal()
answer(handlers)

interface Said {
  type: string
  session?: string
  clientId: string
  conversationId?: string
  text: string
}

async function hear(socket: WebSocket, frame: Said): Promise<void> {
  if (frame.type === 'hello') {
    if (frame.session === undefined) peer = socket
    socket.send('{"type":"welcome"}')
    return
  }
  if (frame.type === 'ping') return
  const { clientId, text } = frame
  const message = newMessage(frame.conversationId ?? (await messages.begin()), clientId, text)
  messages.append(message, () => {
    socket.send(JSON.stringify({ type: 'ack', clientId, message }))
    delivered += 1
    peer?.send(JSON.stringify({ type: 'message', message, cursor: `bare.${delivered}` }))
  })
}
