import { randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { type Api, createApi } from '../../client/api.ts'
import type { Message } from '../../protocol/records.ts'
import { sayLive } from './live.ts'
import type { Person } from './stories.ts'

export interface Site {
  url: string
  project: string
  secret: string
  now(): number
}

/** A person on the site, with a session of his own. */
export class Visitor {
  readonly #site: Site
  readonly #session: string
  readonly #api: Api

  private constructor(site: Site, session: string) {
    this.#site = site
    this.#session = session
    this.#api = createApi({ baseUrl: site.url, session: () => session })
  }

  static async arrive(site: Site, person: Person): Promise<Visitor> {
    const anybody = createApi({ baseUrl: site.url, session: () => undefined })
    const { externalId, ...claims } = person
    const { session } = await anybody('POST /projects/:project/visitor-sessions', {
      params: { project: site.project },
      body: externalId ? { token: tokenFor(site, person) } : { claims },
    })
    return new Visitor(site, session)
  }

  /** The first message begins the conversation. */
  begin(text: string): Promise<Message> {
    return sayLive(this.#greeting(), { type: 'send', clientId: randomUUID(), text }, (frame) =>
      frame.type === 'ack' ? frame.message : undefined,
    )
  }

  write(conversation: string, text: string): Promise<Message> {
    return this.#api('POST /conversations/:conversation/messages', {
      params: { conversation },
      body: { clientId: randomUUID(), text },
    })
  }

  async read(conversation: string, seq: number) {
    await sayLive(this.#greeting(), { type: 'read', conversationId: conversation, seq }, (frame) =>
      frame.type === 'read' && frame.conversationId === conversation ? true : undefined,
    )
  }

  #greeting() {
    return { url: this.#site.url, hello: { project: this.#site.project, session: this.#session } }
  }
}

function tokenFor({ secret, now }: Site, { externalId, name, email }: Person): string {
  const iat = Math.floor(now() / 1000)
  return jwt.sign({ name, email, iat, exp: iat + 300, external_id: externalId }, secret)
}
