/** Who is connected here: found again when a session ends, and told to the agents as presence. */
import { publishPresence } from '../model/change.ts'
import type { Model } from '../model/model.ts'
import { type Person, personKey } from '../model/person.ts'
import { sessionPresenceKey } from '../model/signing-key/use.ts'
import type { LiveSocket } from './socket.ts'

export class Registry {
  #model: Pick<Model, 'presence' | 'bus'>
  /** With what presence counts its session under, if it does: a renewal may change that. */
  #sockets = new Map<LiveSocket, string | undefined>()
  /** Each renewal of a session asks for its connections, and there may be thousands of others. */
  #bySession = new Map<string, Set<LiveSocket>>()

  constructor(model: Pick<Model, 'presence' | 'bus'>) {
    this.#model = model
  }

  enter(socket: LiveSocket): void {
    this.#sockets.set(socket, undefined)
    const { sessionId } = socket
    if (sessionId) this.#bySession.set(sessionId, (this.#bySession.get(sessionId) ?? new Set()).add(socket))
    this.renew(socket)
    const person = personOf(socket)
    if (this.#model.presence.enter(personKey(person))) this.#announce(person, true)
  }

  /** Counts the session under the key that it stands under now. */
  renew(socket: LiveSocket): void {
    if (!this.#sockets.has(socket)) return
    const before = this.#sockets.get(socket)
    const { sessionId, reader } = socket
    const keyId = reader.kind === 'visitor' ? reader.caller.verification?.keyId : undefined
    const session = sessionId && keyId ? sessionPresenceKey(keyId, sessionId) : undefined
    if (session === before) return
    if (before) this.#model.presence.leave(before)
    if (session) this.#model.presence.enter(session)
    this.#sockets.set(socket, session)
  }

  leave(socket: LiveSocket): void {
    const session = this.#sockets.get(socket)
    if (!this.#sockets.delete(socket)) return
    this.#forgetSession(socket)
    if (session) this.#model.presence.leave(session)
    const person = personOf(socket)
    const { presence } = this.#model
    if (presence.leave(personKey(person))) this.#announce(person, false)
    // Later, and without holding on to the connection.
    else if (!presence.isHere(personKey(person)))
      presence.onceGone(personKey(person), () => this.#announce(person, false))
  }

  ofSession(sessionId: string): LiveSocket[] {
    return [...(this.#bySession.get(sessionId) ?? [])]
  }

  [Symbol.iterator](): IterableIterator<LiveSocket> {
    return this.#sockets.keys()
  }

  #forgetSession(socket: LiveSocket): void {
    const { sessionId = '' } = socket
    const sockets = this.#bySession.get(sessionId)
    sockets?.delete(socket)
    if (sockets?.size === 0) this.#bySession.delete(sessionId)
  }

  #announce(person: Person, online: boolean): void {
    publishPresence(this.#model.bus, person, online)
  }
}

function personOf({ reader, projectId }: LiveSocket): Person {
  const id = reader.kind === 'visitor' ? reader.caller.visitorId : reader.member.agentId
  return { kind: reader.kind, projectId, id }
}
