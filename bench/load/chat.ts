/** Visitors who write, each in a conversation of his own, and one agent who is delivered every message. */
import { randomUUIDv7 } from 'node:crypto'
import type WebSocket from 'ws'
import type { SendFrame } from '../../protocol/frames.ts'
import { answer } from '../answer.ts'
import { quantile } from '../rounds.ts'
import { exitOnSignal } from '../scratch.ts'
import { connectAll, type Place } from './connect.ts'
import { type Wire, type WireName, wires } from './wire.ts'

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

let wire: Wire = wires.signet
let people: Person[] = []
/** The codes with which sockets were closed: none, or what is measured is not what was meant. */
const closed: number[] = []
const underWay = new Map<string, Sent>()
let onAck: (sent: Sent) => void = () => {}
let onDelivery: (sent: Sent) => void = () => {}

interface Spread {
  p50: number
  p99: number
  most: number
}

export interface Took {
  acked: Spread
  delivered: Spread
}

const handlers = {
  /** Everybody takes his place and begins a conversation. */
  async open({ place, sessions, ...its }: { place: Place; sessions: string[]; wire: WireName }): Promise<void> {
    wire = wires[its.wire]
    const agent = await wire.connect(place)
    agent.on('message', (data: Buffer) => hear(data, 'message'))
    const sockets = await connectAll(wire.connect, place, sessions)
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

  /** So many messages a second, whatever becomes of them. Milliseconds to the ack, and to the agent's socket. */
  async openLoop({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<Took> {
    await writeSteadily(perSecond, seconds / 3)
    const acked: number[] = []
    const delivered: number[] = []
    onAck = ({ at }) => acked.push(performance.now() - at)
    onDelivery = ({ at }) => delivered.push(performance.now() - at)
    await writeSteadily(perSecond, seconds)
    onAck = onDelivery = () => {}
    return { acked: spread(acked), delivered: spread(delivered) }
  },
}
export type Chat = typeof handlers

exitOnSignal()
answer(handlers)

const spread = (took: number[]): Spread => ({
  p50: quantile(took, 0.5),
  p99: quantile(took, 0.99),
  most: quantile(took, 1),
})

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
  onAck = () => {}
  return count
}

async function writeSteadily(perSecond: number, seconds: number): Promise<void> {
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
  const clientId = randomUUIDv7()
  const { socket, conversationId } = person
  underWay.set(clientId, { person, at: performance.now(), acked: false, delivered: false })
  const frame: SendFrame = { type: 'send', clientId, ...(conversationId !== undefined && { conversationId }), text }
  socket.send(wire.send(frame))
}

function hear(data: Buffer, kind: 'ack' | 'message'): void {
  const heard = wire.hear(data, kind)
  const sent = heard && underWay.get(heard.clientId)
  if (!sent) return
  if (kind === 'ack') {
    sent.acked = true
    sent.person.conversationId = heard.conversationId
    onAck(sent)
  } else {
    sent.delivered = true
    onDelivery(sent)
  }
  if (sent.acked && sent.delivered) underWay.delete(heard.clientId)
}

async function settled(): Promise<void> {
  while (underWay.size > 0) {
    if (closed.length > 0) throw new Error(`${closed.length} sockets were closed, the first with ${closed[0]}.`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
