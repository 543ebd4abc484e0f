/**
 * The fan-out: what changes in a project goes to the connections that may see it.
 *
 * A connection is either *live*, and then it has had everything up to its room's last number, or *behind*, and then
 * it reads the log (resume.ts) and is given nothing from here. It becomes live again in the moment in which its own
 * number has reached the room's; no await lies between that comparison and the joining, so nothing slips through.
 *
 * The bus may lose, repeat or delay signals; in-order.ts puts them right or says what is lost. Then the whole room is
 * behind, and the log heals it.
 */
import type { ServerFrame } from '../../protocol/frames.ts'
import { type ConversationFacts, maySee } from '../model/access.ts'
import { type Audience, type Change, listenToProject, type Notice, type Signal } from '../model/change.ts'
import type { Reader } from '../model/changes-since.ts'
import type { Model } from '../model/model.ts'
import { conversationFrames, cursorOf, encode, messageFrame, once, readFrame } from './frames.ts'
import { InOrder } from './in-order.ts'

export interface Subscriber {
  readonly connectionId: string
  readonly projectId: string
  /** Who reads along; replaced when a session is renewed or a role changes. */
  reader: Reader
  /** Up to which number it had everything when it last read the log; nothing up to there is given to it again. */
  number: number
  live: boolean
  deliver(frame: Buffer): void
  /** Starts reading the log. */
  catchUp(): void
}

export interface Room {
  /** Its `last` is the newest change that the live connections have had. */
  order: InOrder
  agents: Set<Subscriber>
  visitors: Map<string, Set<Subscriber>>
  ready: Promise<void>
  close(): void
}

export class Hub {
  #bus: Model['bus']
  #epoch: string
  #changeNumber: (projectId: string) => Promise<number>
  #fresh: () => boolean
  #rooms = new Map<string, Room>()

  constructor(parts: {
    bus: Model['bus']
    epoch: string
    changeNumber(projectId: string): Promise<number>
    fresh(): boolean
  }) {
    this.#bus = parts.bus
    this.#epoch = parts.epoch
    this.#changeNumber = parts.changeNumber
    this.#fresh = parts.fresh
  }

  /** Takes the connection in, behind: it is given nothing until it has caught up. */
  async join(subscriber: Subscriber): Promise<Room> {
    const room = this.#rooms.get(subscriber.projectId) ?? this.#open(subscriber.projectId)
    if (subscriber.reader.kind === 'agent') room.agents.add(subscriber)
    else {
      const { visitorId } = subscriber.reader.caller
      room.visitors.set(visitorId, (room.visitors.get(visitorId) ?? new Set()).add(subscriber))
    }
    await room.ready
    return room
  }

  leave(subscriber: Subscriber): void {
    const room = this.#rooms.get(subscriber.projectId)
    if (!room) return
    room.agents.delete(subscriber)
    if (subscriber.reader.kind === 'visitor') {
      const { visitorId } = subscriber.reader.caller
      const own = room.visitors.get(visitorId)
      own?.delete(subscriber)
      if (own?.size === 0) room.visitors.delete(visitorId)
    }
    if (room.agents.size === 0 && room.visitors.size === 0) {
      room.close()
      this.#rooms.delete(subscriber.projectId)
    }
  }

  *subscribersOf(projectId: string): Generator<Subscriber> {
    const room = this.#rooms.get(projectId)
    if (!room) return
    yield* room.agents
    for (const own of room.visitors.values()) yield* own
  }

  /** The projects that somebody is here for. */
  projects(): string[] {
    return [...this.#rooms.keys()]
  }

  /** What the database says of a project, from time to time: heals what no later signal would show. */
  compare(projectId: string, number: number): void {
    this.#rooms.get(projectId)?.order.compare(number)
  }

  #open(projectId: string): Room {
    const agents: Room['agents'] = new Set()
    const visitors: Room['visitors'] = new Map()
    const order = new InOrder({
      deliver: (change) => this.#dispatch(room, change),
      lost: (last) => putBehind(room, 'everybody', last),
      later,
    })
    const unsubscribe = listenToProject(this.#bus, projectId, (signal) => this.#receive(room, signal))
    const close = () => {
      unsubscribe()
      order.stop()
    }
    // Read after subscribing: a change from now on is either in this number or still to be signalled.
    const ready = this.#changeNumber(projectId).then((number) => order.begin(number))
    const room: Room = { order, agents, visitors, ready, close }
    this.#rooms.set(projectId, room)
    // A project whose number could not be read is asked for anew by whoever comes next.
    ready.catch(() => this.#forget(projectId, room))
    return room
  }

  #forget(projectId: string, room: Room): void {
    room.close()
    if (this.#rooms.get(projectId) === room) this.#rooms.delete(projectId)
  }

  #receive(room: Room, signal: Signal): void {
    // Who of those here may still hear it is not known (VS16): a node that was stopped goes on with what lay in its
    // socket. To the room the signal is lost, and the log will tell whoever may know.
    if (!this.#fresh()) return
    if ('notice' in signal) notify(room, signal.notice)
    else for (const change of signal.changes) room.order.receive(change)
  }

  #dispatch(room: Room, change: Change): void {
    const cursor = cursorOf(this.#epoch, change.number)
    switch (change.kind) {
      case 'message': {
        const frame = once(() => messageFrame(change, cursor))
        toAgents(room, change, frame)
        if (change.message.seq !== null) toVisitor(room, change, frame)
        return
      }
      case 'read': {
        const frame = once(() => readFrame(change, cursor))
        toAgents(room, change, frame)
        toVisitor(room, change, frame)
        return
      }
      case 'conversation':
        dispatchConversation(room, change, cursor)
        return
      case 'many':
        // Its number is the room's already; whoever reads the log has to begin before it.
        putBehind(room, change.audience, change.number - 1)
    }
  }
}

function later(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

function dispatchConversation(room: Room, change: Extract<Change, { kind: 'conversation' }>, cursor: string): void {
  const frames = conversationFrames(change, cursor)
  const { facts, before } = change
  for (const agent of room.agents) {
    if (!awaits(agent, change.number) || agent.reader.kind !== 'agent') continue
    const sees = maySee(agent.reader.member, facts)
    const saw = before ? maySee(agent.reader.member, before) : sees
    if (sees) agent.deliver(saw ? frames.agents() : frames.gaining())
    else if (saw) agent.deliver(frames.gone())
  }
  if (before && before.visitorId !== facts.visitorId) {
    toVisitor(room, { number: change.number, facts: before }, frames.gone)
    toVisitor(room, change, frames.taken)
  } else if (!change.agentsOnly) toVisitor(room, change, frames.visitor)
}

type Told = { number: number; facts: ConversationFacts }

function toAgents(room: Room, { number, facts }: Told, frame: () => Buffer): void {
  for (const agent of room.agents) {
    if (awaits(agent, number) && agent.reader.kind === 'agent' && maySee(agent.reader.member, facts)) {
      agent.deliver(frame())
    }
  }
}

function toVisitor(room: Room, { number, facts }: Told, frame: () => Buffer): void {
  for (const visitor of room.visitors.get(facts.visitorId) ?? []) {
    if (awaits(visitor, number)) visitor.deliver(frame())
  }
}

/** The log may be ahead of the bus: what a connection has read there must not come to it a second time. */
function awaits(subscriber: Subscriber, number: number): boolean {
  return subscriber.live && number > subscriber.number
}

function putBehind(room: Room, audience: Audience, number: number): void {
  for (const subscriber of [...room.agents, ...visitorsAmong(room, audience)]) {
    if (!subscriber.live) continue
    subscriber.live = false
    subscriber.number = Math.max(subscriber.number, number)
    subscriber.catchUp()
  }
}

function visitorsAmong(room: Room, audience: Audience): Subscriber[] {
  if (audience === 'agents') return []
  if (audience === 'everybody') return [...room.visitors.values()].flatMap((own) => [...own])
  return [...(room.visitors.get(audience.visitorId) ?? [])]
}

/** Typing and presence: for whoever is there, without a number. */
function notify(room: Room, notice: Notice): void {
  const frame = once(() => encode(noticeFrame(notice)))
  if (notice.kind === 'presence') {
    for (const agent of room.agents) agent.deliver(frame())
    return
  }
  for (const agent of room.agents) {
    const own = agent.connectionId === notice.fromConnection
    if (!own && agent.reader.kind === 'agent' && maySee(agent.reader.member, notice.facts)) agent.deliver(frame())
  }
  if (notice.author.kind === 'agent') {
    for (const visitor of room.visitors.get(notice.facts.visitorId) ?? []) visitor.deliver(frame())
  }
}

function noticeFrame(notice: Notice): ServerFrame {
  if (notice.kind === 'presence') return { type: 'presence', kind: notice.who, id: notice.id, online: notice.online }
  return { type: 'typing', conversationId: notice.facts.id, author: notice.author }
}
