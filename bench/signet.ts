/** The real server in a process of its own, set up with an owner and a project. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/sources.ts'
import { Child, type ChildOptions } from './child.ts'
import type { Database } from './databases.ts'
import { owner } from './people.ts'
import type { AskServer } from './product/ask-server.ts'

/** DL7's limits stay in the path; they are only too high to be reached. */
const limits = {
  MESSAGES_PER_MINUTE: '1000000000',
  MESSAGE_BURST: '1000000000',
  ANONYMOUS_BURST: '1000000000',
  REQUEST_BURST: '1000000000',
}

/** More than a thousand frames a second from one socket are a flood, and end it: so many share what is written. */
export const fanOutWriters = 24

export interface Signet {
  url: string
  project: string
  /** The owner's. */
  cookie: string
  /** What another process has to be told to work on the same database. */
  env: NodeJS.ProcessEnv
  memory(): Promise<number>
  /** Calls an endpoint in the owner's name. */
  call(method: string, path: string, body?: unknown): Promise<unknown>
  stop(): Promise<void>
}

export async function startSignet(database: Database): Promise<Signet> {
  const fresh = await database.fresh()
  const server = await launch({ flags: ['--expose-gc'], env: fresh })
  const { url, dataDir, stop } = server
  const { cookie, project } = await setUp(url)
  return {
    url,
    project,
    cookie,
    env: { ...fresh, DATA_DIR: dataDir },
    memory: server.memory,
    call: async (method, path, body) => (await call(url, method, path, { cookie, body })).answer,
    stop,
  }
}

/** The server as it comes, with nothing set up. */
export async function launch({
  flags = [],
  env = {},
}: ChildOptions = {}): Promise<Pick<Signet, 'url' | 'memory' | 'stop'> & { dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signet-bench-'))
  const preload = pathToFileURL(join(root, 'bench/product/ask-server.ts')).href
  const child = new Child<AskServer>('server/index.ts', {
    flags: [...flags, '--import', preload],
    env: { ...limits, ...env, PORT: '0', DATA_DIR: dataDir },
  })
  const stop = async () => {
    await child.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    return { url: await addressOf(child), dataDir, memory: () => child.ask('memory', null), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function addressOf(child: Child<AskServer>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const port = said.match(/running at http:\/\/localhost:([0-9]+)/)?.[1]
      if (port) resolve(`http://127.0.0.1:${port}`)
    })
    child.process.once('exit', () => reject(new Error(`The server ended before it was there.\n${said}`)))
  })
}

async function setUp(url: string): Promise<{ cookie: string; project: string }> {
  const { answer, headers } = await call(url, 'POST', '/setup', { body: owner })
  return { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '', project: idIn(answer, 'project') }
}

interface Call {
  cookie?: string
  body?: unknown
}

async function call(url: string, method: string, path: string, { cookie, body }: Call) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      origin: url,
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  return { answer, headers: response.headers }
}

/** A text in an answer, such as `project.id` or `session`. */
export function textIn(answer: unknown, ...path: string[]): string {
  let value = answer
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof value !== 'string') throw new Error(`There is no ${path.join('.')} in the answer.`)
  return value
}

const idIn = (answer: unknown, name: string): string => textIn(answer, name, 'id')

export async function newSecret({ call, project }: Signet): Promise<{ id: string; secret: string }> {
  const made = await call('POST', `/projects/${project}/shared-secrets`, { previous: 'keep' })
  return { id: textIn(made, 'id'), secret: textIn(made, 'secret') }
}

/** So many visitors, each with a session; signed in where `bodyFor` gives a token. */
export async function openSessions(
  { call, project }: Signet,
  count: number,
  bodyFor: (index: number) => object = () => ({}),
): Promise<string[]> {
  const sessions: string[] = []
  let next = 0
  const one = async () => {
    while (next < count) {
      const body = bodyFor(next++)
      sessions.push(textIn(await call('POST', `/projects/${project}/visitor-sessions`, body), 'session'))
    }
  }
  await Promise.all(Array.from({ length: 32 }, one))
  return sessions
}
