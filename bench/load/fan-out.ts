/** Visitors who write in turn, more than one lest his frames be a flood, and many sockets that listen. */
import { randomUUID } from 'node:crypto'
import WebSocket from 'ws'
import type { SendFrame } from '../../protocol/frames.ts'
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import { connect, type Place } from './connect.ts'
import { Listener } from './listener.ts'

// More than one, or the listeners would idle while a message is on its way in.
const messagesUnderWay = 2

/** Each with its conversation. */
const writers: { socket: WebSocket; conversationId: string | undefined }[] = []
let turn = 0
const listeners: Listener[] = []

const handlers = {
  /** Gives the frame that every listener will get, taken from one more agent's socket. */
  async open({ place, sessions, count }: { place: Place; sessions: string[]; count: number }): Promise<string> {
    let bytes = ''
    for (const session of sessions) {
      const socket = await connect(place, session)
      const witness = await connect(place)
      const frame = new Promise<string>((resolve) => {
        witness.on('message', (data: Buffer) => data.includes('"type":"message"') && resolve(data.toString()))
      })
      write({ socket, conversationId: undefined })
      bytes = await frame
      writers.push({ socket, conversationId: JSON.parse(bytes).message?.conversationId })
      witness.close()
    }
    while (listeners.length < count) {
      const few = Math.min(32, count - listeners.length)
      listeners.push(...(await Promise.all(Array.from({ length: few }, () => Listener.open(place)))))
    }
    return bytes
  },

  /** Gives deliveries a second. */
  async fanOut({ seconds }: { seconds: number }): Promise<number> {
    await Promise.all(listeners.map((listener) => listener.ping()))
    await writeFor(seconds / 3)
    const began = performance.now()
    const deliveries = await writeFor(seconds)
    return deliveries / ((performance.now() - began) / 1000)
  },
}
export type FanOut = typeof handlers

exitOnSignal()
answer(handlers)

async function writeFor(seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  for (const listener of listeners) listener.frames = 0
  // The first and the last to be delivered to, so that nobody need be asked who is in between.
  const ends = [...listeners.slice(0, 1), ...listeners.slice(-1)]
  const heard = () => Math.min(...ends.map(({ frames }) => frames))
  let written = 0
  while (performance.now() < until) {
    for (; written - heard() < messagesUnderWay; written += 1) write(writers[turn++ % writers.length])
    await nextTurn(ends)
  }
  while (listeners.some(({ frames }) => frames < written)) await nextTurn(listeners)
  return written * listeners.length
}

/** Nothing more comes to whom the server has sent away, and who waits for it would wait for good. */
async function nextTurn(awaited: Listener[]): Promise<void> {
  await new Promise(setImmediate)
  if (writers.some(({ socket }) => socket.readyState !== WebSocket.OPEN)) {
    throw new Error('The server has closed the socket of one who writes.')
  }
  const closed = awaited.find(({ closedAt }) => closedAt !== undefined)
  if (closed) throw new Error(`The server has closed a listener with ${closed.closedWith ?? 'no code'}.`)
}

function write(writer: { socket: WebSocket; conversationId: string | undefined } | undefined): void {
  const text = 'Is the tin for the Darjeeling airtight, or do I need a jar?'
  const place = writer?.conversationId !== undefined && { conversationId: writer.conversationId }
  const frame: SendFrame = { type: 'send', clientId: randomUUID(), ...place, text }
  writer?.socket.send(JSON.stringify(frame))
}
