/** Visitors who write, each in a conversation of his own, and one agent who is delivered every message. */
import { randomUUID } from 'node:crypto'
import type WebSocket from 'ws'
import type { SendFrame } from '../../protocol/frames.ts'
import { answer } from '../answer.ts'
import { quantile } from '../rounds.ts'
import { exitOnSignal } from '../scratch.ts'
import { connect, connectAll, type Place } from './connect.ts'

const text = 'Is the tin for the Darjeeling airtight, or do I need a jar?'

interface Person {
  socket: WebSocket
  conversationId: string | undefined
}

interface Sent {
  person: Person
  at: number
  acked: boolean
  delivered: boolean
}

let people: Person[] = []
/** The codes with which sockets were closed: none, or what is measured is not what was meant. */
const closed: number[] = []
const underWay = new Map<string, Sent>()
let onAck: (sent: Sent) => void = () => {}
let onDelivery: (sent: Sent) => void = () => {}

const handlers = {
  /** Everybody takes his place and begins a conversation. */
  async open({ place, sessions }: { place: Place; sessions: string[] }): Promise<void> {
    const agent = await connect(place)
    agent.on('message', (data: Buffer) => hear(data, 'message'))
    const sockets = await connectAll(place, sessions)
    people = sockets.map((socket) => ({ socket, conversationId: undefined }))
    for (const { socket } of people) socket.on('message', (data: Buffer) => hear(data, 'ack'))
    for (const { socket } of [{ socket: agent }, ...people]) socket.on('close', (code) => closed.push(code))
    // A few at a time: each agent is told of every new conversation, and who is told too much at once is cut off.
    for (let first = 0; first < people.length; first += 32) {
      for (const person of people.slice(first, first + 32)) send(person)
      await settled()
    }
  },

  /** So many messages on their way at all times. Gives messages a second that were both acked and delivered. */
  async closedLoop({ senders, seconds }: { senders: number; seconds: number }): Promise<number> {
    await writeFor(senders, seconds / 3)
    const began = performance.now()
    const count = await writeFor(senders, seconds)
    return count / ((performance.now() - began) / 1000)
  },

  /** So many messages a second, whatever becomes of them. Gives milliseconds from the send to the agent's socket. */
  async openLoop({
    perSecond,
    seconds,
  }: {
    perSecond: number
    seconds: number
  }): Promise<{ p50: number; p99: number }> {
    await writeSteadily(perSecond, seconds / 3)
    const took: number[] = []
    onDelivery = ({ at }) => took.push(performance.now() - at)
    await writeSteadily(perSecond, seconds)
    return { p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
  },
}
export type Chat = typeof handlers

exitOnSignal()
answer(handlers)

async function writeFor(senders: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  const idle = [...people]
  let count = 0
  const next = () => {
    const person = idle.shift()
    if (!person || performance.now() > until) return
    count += 1
    send(person)
  }
  onAck = ({ person }) => {
    idle.push(person)
    next()
  }
  for (let sender = 0; sender < senders; sender += 1) next()
  await settled()
  return count
}

async function writeSteadily(perSecond: number, seconds: number): Promise<void> {
  onAck = () => {}
  const began = performance.now()
  const total = perSecond * seconds
  for (let count = 0; count < total; ) {
    const due = Math.min(total, ((performance.now() - began) / 1000) * perSecond)
    for (; count < due; count += 1) send(people[count % people.length])
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await settled()
}

function send(person: Person | undefined): void {
  if (!person) return
  const clientId = randomUUID()
  const { socket, conversationId } = person
  underWay.set(clientId, { person, at: performance.now(), acked: false, delivered: false })
  const frame: SendFrame = { type: 'send', clientId, ...(conversationId !== undefined && { conversationId }), text }
  socket.send(JSON.stringify(frame))
}

/** The frame's kind is looked for in its first bytes: parsing what does not matter would measure this program. */
function hear(data: Buffer, kind: 'ack' | 'message'): void {
  if (data.toString('latin1', 9, 9 + kind.length) !== kind) {
    if (data.includes('"type":"error"')) throw new Error(data.toString())
    return
  }
  const { clientId, conversationId } = JSON.parse(data.toString()).message
  const sent = underWay.get(clientId)
  if (!sent) return
  if (kind === 'ack') {
    sent.acked = true
    sent.person.conversationId = conversationId
    onAck(sent)
  } else {
    sent.delivered = true
    onDelivery(sent)
  }
  if (sent.acked && sent.delivered) underWay.delete(clientId)
}

async function settled(): Promise<void> {
  while (underWay.size > 0) {
    if (closed.length > 0) throw new Error(`${closed.length} sockets were closed, the first with ${closed[0]}.`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
