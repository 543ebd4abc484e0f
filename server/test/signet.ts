/** A whole server in this process: its own folder and port, a clock to turn, and people to call it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../../protocol/endpoints.ts'
import type { Role } from '../../protocol/records.ts'
import type { Seams } from '../app/seams.ts'
import { type App, createApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { openAgentSession } from '../model/agent/session.ts'
import { newId } from '../model/id.ts'
import { Caller } from './caller.ts'
import { Clock } from './clock.ts'
import { Socket } from './socket.ts'
import { signToken } from './token.ts'

export interface StartOptions {
  config?: Partial<Config>
  dataDir?: string
  clock?: Clock
  seams?: Seams
}

const unlimited = '1000000'

export class Signet {
  readonly clock: Clock
  readonly dataDir: string
  readonly app: App
  #sockets: Socket[] = []
  #keepData: boolean

  private constructor(app: App, clock: Clock, dataDir: string, keepData: boolean) {
    this.app = app
    this.clock = clock
    this.dataDir = dataDir
    this.#keepData = keepData
  }

  /** An empty installation that nobody has set up. */
  static async start({ config, dataDir, clock = new Clock(), seams }: StartOptions = {}): Promise<Signet> {
    const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'signet-server-'))
    const quiet = readConfig({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      ANONYMOUS_BURST: unlimited,
      REQUEST_BURST: unlimited,
    })
    const app = await createApp({ ...quiet, ...config }, clock.now, seams)
    return new Signet(app, clock, folder, dataDir !== undefined)
  }

  get url(): string {
    return this.app.publicUrl
  }

  get anybody(): Caller {
    return new Caller(this.url)
  }

  /** Somebody who has this cookie, asking from the dashboard. */
  agent(cookie: string): Caller {
    return new Caller(this.url, { cookie, origin: this.url })
  }

  visitor(session: string): Caller {
    return new Caller(this.url, { authorization: `Bearer ${session}` })
  }

  open(headers: Record<string, string> = {}): Socket {
    const socket = new Socket(this.url, headers)
    this.#sockets.push(socket)
    return socket
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.raw.terminate()
    await this.stopPolitely()
  }

  /** As an operator stops it, with whoever is connected still there. */
  async stopPolitely(): Promise<void> {
    await this.app.stop()
    if (!this.#keepData) rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** A project with its owner and one shared secret. */
export class Shop {
  readonly signet: Signet
  readonly id: string
  readonly owner: Agent
  secret = ''
  keyId = ''

  private constructor(signet: Signet, id: string, owner: Agent) {
    this.signet = signet
    this.id = id
    this.owner = owner
  }

  static async open(signet: Signet, owner?: Agent): Promise<Shop> {
    const by = owner ?? (await newAgent(signet))
    const { id } = await by.caller.call('POST /projects', { body: { name: 'Shop' } })
    const shop = new Shop(signet, id, by)
    await shop.generate({})
    return shop
  }

  async generate(body: { previous?: 'revoke' | 'retire' | 'keep'; graceSeconds?: number }) {
    const made = await this.owner.caller.call('POST /projects/:project/shared-secrets', {
      params: { project: this.id },
      body,
    })
    this.secret = made.secret
    this.keyId = made.id
    return made
  }

  token(claims: Record<string, unknown> = {}): string {
    return signToken(this.secret, this.signet.clock, claims)
  }

  /** Exchanges a token with these claims for a session. */
  signIn(claims: Record<string, unknown> = {}, more: { previousSession?: string } = {}) {
    return this.admit({ token: this.token(claims), ...more })
  }

  admit(body: Record<string, unknown> = {}): Promise<Answer<'POST /projects/:project/visitor-sessions'>> {
    return this.signet.anybody.call('POST /projects/:project/visitor-sessions', { params: { project: this.id }, body })
  }

  /** Somebody who answers here. */
  async member(role: Role): Promise<Agent> {
    const agent = await newAgent(this.signet)
    const joined = { project_id: this.id, agent_id: agent.id, role, created_at: this.signet.clock.ms }
    await this.signet.app.model.database.transaction((tx) =>
      tx.query.insertInto('memberships').values(joined).execute(),
    )
    return agent
  }

  /** A connection of this visitor that has been welcomed. */
  async connect(session: string, cursor?: string): Promise<Socket> {
    return this.#greeted(this.signet.open(), { session, cursor })
  }

  async connectAgent(agent: Agent, cursor?: string): Promise<Socket> {
    return this.#greeted(this.signet.open(agent.headers), { cursor })
  }

  async #greeted(socket: Socket, { session, cursor }: { session?: string; cursor?: string | undefined }) {
    await socket.opened()
    socket.say({
      type: 'hello',
      v: 1,
      project: this.id,
      ...(session !== undefined && { session }),
      ...(cursor !== undefined && { cursor }),
    })
    await socket.next('welcome')
    return socket
  }
}

export interface Agent {
  id: string
  name: string
  email: string
  headers: { cookie: string; origin: string }
  caller: Caller
}

/** An account without memberships, signed in; no slow password is hashed for it. */
export async function newAgent(signet: Signet): Promise<Agent> {
  const { model } = signet.app
  const id = newId()
  const name = `Agent ${id.slice(-4)}`
  const email = `${id}@example.com`
  const row = { id, name, email, email_key: email, password_hash: 'none', created_at: signet.clock.ms }
  await model.database.transaction((tx) => tx.query.insertInto('agents').values(row).execute())
  const cookie = await openAgentSession(model, { agent: { id, name, email }, passwordHash: row.password_hash })
  const headers = { cookie: `signet_agent=${cookie}`, origin: signet.url }
  return { id, name, email, headers, caller: new Caller(signet.url, headers) }
}
