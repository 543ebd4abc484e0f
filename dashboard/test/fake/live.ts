import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { parseClientFrame } from '../../../protocol/parse.ts'
import { storeMessage } from './answers.ts'
import { me } from './people.ts'
import type { Scene } from './scene.ts'

/** In the scene `offline` no socket is ever let in. */
export function acceptSockets(server: Server, scene: Scene) {
  const sockets = new WebSocketServer({ server, path: '/live' })
  scene.publish = (frame) => {
    for (const socket of sockets.clients) socket.send(JSON.stringify({ ...frame, cursor: 'a.2' }))
  }
  sockets.on('connection', (socket) => {
    if (scene.name === 'offline') return socket.close()
    socket.on('message', (data) => take(scene, socket, String(data)))
  })
}

function take(scene: Scene, socket: WebSocket, text: string) {
  const frame = parseClientFrame(text)
  const say = (answer: object) => socket.send(JSON.stringify(answer))
  if (frame?.type === 'hello') say(welcome(scene))
  else if (frame?.type === 'ping') say({ type: 'pong' })
  else if (frame?.type === 'send' && frame.conversationId) {
    if (frame.text.includes('pending')) return
    if (frame.text.includes('refuse')) {
      return say({
        type: 'error',
        code: 'text_invalid',
        message: 'The text has characters that cannot be stored.',
        clientId: frame.clientId,
      })
    }
    const message = storeMessage(scene, frame.conversationId, frame)
    if (message) say({ type: 'ack', clientId: frame.clientId, message })
  } else if (frame?.type === 'typing') {
    const talk = scene.talks.get(frame.conversationId)
    const visitor = talk?.conversation.visitor
    if (visitor)
      say({
        type: 'typing',
        conversationId: frame.conversationId,
        author: { kind: 'visitor', id: visitor.id, name: visitor.name },
      })
  }
}

function welcome(scene: Scene) {
  const conversations = [...scene.talks.values()]
    .map((talk) => talk.conversation)
    .sort((one, other) => other.lastActivityAt - one.lastActivityAt)
    .slice(0, 50)
  return {
    type: 'welcome',
    v: 1,
    self: { kind: 'agent', agent: me, role: scene.role },
    cursor: 'a.1',
    resumed: false,
    conversations,
  }
}
