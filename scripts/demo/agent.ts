import { randomUUID } from 'node:crypto'
import { type Api, createApi } from '../../client/api.ts'
import { sayLive } from './live.ts'

/** Somebody who answers, calling as the dashboard does: with its cookie, from its own origin. */
export class Agent {
  readonly api: Api
  readonly #url: string
  readonly #read = new Map<string, number>()
  #cookie = ''

  constructor(url: string) {
    this.#url = url
    this.api = createApi({ baseUrl: url, fetch: (input, init) => this.#fetch(input, init) })
  }

  /** What her browser would send along with a socket. */
  get headers(): Record<string, string> {
    return { cookie: this.#cookie, origin: this.#url }
  }

  async write(conversation: string, text: string, kind?: 'note'): Promise<number | null> {
    const { seq } = await this.api('POST /conversations/:conversation/messages', {
      params: { conversation },
      body: { clientId: randomUUID(), text, ...(kind && { kind }) },
    })
    return seq
  }

  /** The server answers only what is news to it. */
  async read(project: string, conversation: string, seq: number) {
    if (this.#read.get(conversation) === seq) return
    this.#read.set(conversation, seq)
    const greeting = { url: this.#url, hello: { project }, headers: this.headers }
    await sayLive(greeting, { type: 'read', conversationId: conversation, seq }, (frame) =>
      frame.type === 'read' && frame.conversationId === conversation ? true : undefined,
    )
  }

  async #fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers)
    headers.set('origin', this.#url)
    if (this.#cookie) headers.set('cookie', this.#cookie)
    const response = await fetch(input, { ...init, headers })
    const given = response.headers.getSetCookie().map((line) => line.split(';')[0])
    if (given.length > 0) this.#cookie = given.join('; ')
    return response
  }
}
