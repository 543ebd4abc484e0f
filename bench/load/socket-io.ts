/**
 * Socket.IO's frames, by hand over `ws`: its own client costs more than ours, and the load shares the cores with what
 * is measured. `0` opens, `40` joins, `42` is an event and `43` the answer to one; `2` is to be answered with `3`.
 */
import WebSocket from 'ws'
import type { SendFrame } from '../../protocol/frames.ts'
import type { Place } from './connect.ts'
import type { Heard } from './wire.ts'

let sent = 0

/** The token is the visitor's, or else the one that stands where the agent's cookie would. */
export function connectSocketIo({ url, cookie }: Place, token = cookie): Promise<WebSocket> {
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(address, { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const [kind, what] = data.toString('latin1', 0, 2)
      if (kind === '0') socket.send(`40${JSON.stringify({ token })}`)
      else if (kind === '2') socket.send('3')
      else if (what === '0') resolve(socket)
      else if (what === '4') reject(new Error(data.toString()))
    })
    socket.once('error', reject)
  })
}

export function sendSocketIo({ clientId, conversationId, text }: SendFrame): string {
  sent += 1
  return `42${sent}${JSON.stringify(['send', { clientId, conversationId, text }])}`
}

export function hearSocketIo(data: Buffer, kind: 'ack' | 'message'): Heard | undefined {
  const text = data.toString()
  const event = text.startsWith('42["message"')
  if (kind === 'message' ? !event : !text.startsWith('43')) return undefined
  const [first, second] = JSON.parse(text.slice(text.indexOf('[')))
  const heard = event ? second : first
  if (heard.error) throw new Error(text)
  return heard
}
