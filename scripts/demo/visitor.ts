import { randomUUID } from 'node:crypto'
import { on } from 'node:events'
import jwt from 'jsonwebtoken'
import WebSocket from 'ws'
import { type Api, createApi } from '../../client/api.ts'
import type { ClientFrame } from '../../protocol/frames.ts'
import { parseServerFrame } from '../../protocol/parse.ts'
import type { Person } from './stories.ts'

interface Place {
  url: string
  project: string
  secret: string
  now(): number
}

/** A person on the site, with a session of his own. */
export class Visitor {
  readonly #place: Place
  readonly #session: string
  readonly #api: Api

  private constructor(place: Place, session: string) {
    this.#place = place
    this.#session = session
    this.#api = createApi({ baseUrl: place.url, session: () => session })
  }

  static async arrive(place: Place, person: Person): Promise<Visitor> {
    const anybody = createApi({ baseUrl: place.url, session: () => undefined })
    const { externalId, ...claims } = person
    const { session } = await anybody('POST /projects/:project/visitor-sessions', {
      params: { project: place.project },
      body: externalId ? { token: tokenFor(place, person) } : { claims },
    })
    return new Visitor(place, session)
  }

  /** Sends the first message; gives the conversation that it began. */
  async begin(text: string): Promise<string> {
    const socket = new WebSocket(`${this.#place.url.replace(/^http/, 'ws')}/live`)
    const say = (frame: ClientFrame) => socket.send(JSON.stringify(frame))
    socket.once('open', () => {
      say({ type: 'hello', v: 1, project: this.#place.project, session: this.#session })
      say({ type: 'send', clientId: randomUUID(), text })
    })
    try {
      for await (const [data] of on(socket, 'message', { close: ['close'] })) {
        const frame = parseServerFrame(String(data))
        if (frame?.type === 'ack') return frame.message.conversationId
        if (frame?.type === 'error') throw new Error(`${frame.code}: ${frame.message}`)
      }
    } finally {
      socket.close()
    }
    throw new Error('The server hung up on a visitor of the demo.')
  }

  async say(conversation: string, text: string) {
    await this.#api('POST /conversations/:conversation/messages', {
      params: { conversation },
      body: { clientId: randomUUID(), text },
    })
  }
}

function tokenFor({ secret, now }: Place, { externalId, name, email }: Person): string {
  const iat = Math.floor(now() / 1000)
  return jwt.sign({ name, email, iat, exp: iat + 300, external_id: externalId }, secret)
}
