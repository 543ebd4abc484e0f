/** How a chat's frames are written and read: ours and the bare chat's, and Socket.IO's. */
import type { SendFrame } from '../../protocol/frames.ts'
import { type Connect, connect } from './connect.ts'
import { connectSocketIo, hearSocketIo, sendSocketIo } from './socket-io.ts'

export interface Wire {
  connect: Connect
  send(frame: SendFrame): string
  /** Whose message the frame tells of, if it is of this kind. */
  hear(data: Buffer, kind: 'ack' | 'message'): Heard | undefined
}

export interface Heard {
  clientId: string
  conversationId: string
}

export type WireName = 'signet' | 'socket.io'

export const wires: Record<WireName, Wire> = {
  signet: { connect, send: (frame) => JSON.stringify(frame), hear },
  'socket.io': { connect: connectSocketIo, send: sendSocketIo, hear: hearSocketIo },
}

/** The frame's kind is looked for in its first bytes: parsing what does not matter would measure this program. */
function hear(data: Buffer, kind: 'ack' | 'message'): Heard | undefined {
  if (data.toString('latin1', 9, 9 + kind.length) === kind) return JSON.parse(data.toString()).message
  if (data.includes('"type":"error"')) throw new Error(data.toString())
  return undefined
}
