/** The chat that a good developer writes in an afternoon: Socket.IO, tokens at the door, rooms, a row for each message. */
import { createServer, type Server as HttpServer } from 'node:http'
import jwt from 'jsonwebtoken'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import type { Store } from './store.ts'

interface User {
  id: string
  name: string
  role: 'visitor' | 'agent'
}

interface Sent {
  conversationId?: string
  clientId: string
  text: string
}

type ChatSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, { user: User }>
type Answer = (answer: object) => void

const longestText = 10_000
const historyLength = 50

export function createChat(store: Store, secret: string): HttpServer {
  const http = createServer()
  const io = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, { user: User }>(http)
  io.use((socket, next) => {
    try {
      socket.data.user = userIn(jwt.verify(socket.handshake.auth.token, secret, { algorithms: ['HS256'] }))
      next()
    } catch {
      next(new Error('Not signed in'))
    }
  })
  io.on('connection', (socket) => {
    if (socket.data.user.role === 'agent') welcomeAgent(store, socket)
    else void welcomeVisitor(store, socket)
  })
  return http
}

export function tokenFor(user: User, secret: string): string {
  return jwt.sign({ name: user.name, role: user.role }, secret, { subject: user.id, expiresIn: '1h' })
}

function userIn(claims: string | jwt.JwtPayload): User {
  if (typeof claims === 'string' || !claims.sub) throw new Error('A token without a subject')
  return { id: claims.sub, name: String(claims.name), role: claims.role === 'agent' ? 'agent' : 'visitor' }
}

/** Agents hear every conversation and may write to any. */
function welcomeAgent(store: Store, socket: ChatSocket): void {
  socket.join('agents')
  socket.on('history', async (conversationId: string, answer: Answer) => {
    answer(await store.history(conversationId, historyLength))
  })
  socket.on('send', (sent: Sent, answer: Answer) => {
    if (sent.conversationId) void receive(store, socket, sent.conversationId, sent, answer)
    else answer({ error: 'Which conversation?' })
  })
}

/** A visitor has one conversation, found again when he comes back. */
async function welcomeVisitor(store: Store, socket: ChatSocket): Promise<void> {
  const conversation = store.conversationOf(socket.data.user.id)
  socket.on('send', async (sent: Sent, answer: Answer) => receive(store, socket, await conversation, sent, answer))
  const conversationId = await conversation
  socket.join(conversationId)
  socket.emit('history', await store.history(conversationId, historyLength))
}

async function receive(store: Store, socket: ChatSocket, conversationId: string, sent: Sent, answer: Answer) {
  const { clientId, text } = sent
  if (typeof text !== 'string' || text === '' || text.length > longestText) return answer({ error: 'What text?' })
  try {
    const { id: authorId, name } = socket.data.user
    const message = { conversationId, authorId, name, text, createdAt: Date.now() }
    const sent = { ...message, id: await store.insertMessage(message), clientId }
    answer(sent)
    socket.to(conversationId).to('agents').emit('message', sent)
  } catch {
    answer({ error: 'Not stored, try again' })
  }
}
