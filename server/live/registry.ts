/** Who is connected here: found again when a session ends, and told to the agents as presence. */
import { publishNotice } from '../model/change.ts'
import { agentPresenceKey } from '../model/membership.ts'
import type { Model } from '../model/model.ts'
import type { LiveSocket } from './socket.ts'

export class Registry {
  #model: Pick<Model, 'presence' | 'bus'>
  #sockets = new Set<LiveSocket>()

  constructor(model: Pick<Model, 'presence' | 'bus'>) {
    this.#model = model
  }

  enter(socket: LiveSocket): void {
    this.#sockets.add(socket)
    if (socket.sessionId) this.#model.presence.enter(socket.sessionId)
    if (this.#model.presence.enter(keyOf(socket))) this.#announce(socket, true)
  }

  leave(socket: LiveSocket): void {
    if (!this.#sockets.delete(socket)) return
    if (socket.sessionId) this.#model.presence.leave(socket.sessionId)
    const key = keyOf(socket)
    const { presence } = this.#model
    if (presence.leave(key)) this.#announce(socket, false)
    else if (!presence.isHere(key)) presence.onceGone(key, this.#farewell(socket))
  }

  [Symbol.iterator](): IterableIterator<LiveSocket> {
    return this.#sockets.values()
  }

  /** Later, and without holding on to the connection. */
  #farewell({ reader, projectId }: LiveSocket): () => void {
    return () => this.#announce({ reader, projectId }, false)
  }

  #announce({ reader, projectId }: Pick<LiveSocket, 'reader' | 'projectId'>, online: boolean): void {
    const id = reader.kind === 'visitor' ? reader.caller.visitorId : reader.member.agentId
    publishNotice(this.#model.bus, projectId, { kind: 'presence', who: reader.kind, id, online })
  }
}

function keyOf({ reader, projectId }: LiveSocket): string {
  return reader.kind === 'visitor' ? reader.caller.visitorId : agentPresenceKey(projectId, reader.member.agentId)
}
