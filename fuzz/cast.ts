/**
 * Who is there. Two projects are fuzzed: one by visitors and by an agent, one by an owner who may do everything in it.
 * What belongs to others carries a canary: a text that must never reach who is not meant to see it.
 */
import { createHmac, randomUUID } from 'node:crypto'
import type { Role } from '../protocol/records.ts'
import { Caller } from '../server/test/caller.ts'
import type { Who } from './case.ts'

/** In a project that no caller belongs to. */
export const foreignCanary = 'canary-of-another-project'
/** Another visitor's, in the visitors' own project, and assigned to an agent who is none of the callers. */
export const neighbourCanary = 'canary-of-another-visitor'

const password = 'correct horse battery'

interface Project {
  id: string
  key: string
  secret: string
}

interface Person {
  cookie: string
  id: string
}

/** What one caller calls his own, and what is not his. */
export interface Standing {
  project: Project
  cookie: string
  me: string
  conversation: string
  message: string
  foreign: string
}

export interface Cast {
  visitor: Standing
  agent: Standing
  owner: Standing
  other: string
}

export async function assemble(url: string): Promise<Cast> {
  // Another name of this machine would be another site.
  const origin = { origin: url }
  const anybody = new Caller(url, origin)
  const setup = { name: 'Root', email: 'root@example.com', password, projectName: 'Shop' }
  const made = await anybody.answer('POST /setup', { body: setup })
  const root: Person = { cookie: cookieFrom(made.headers), id: made.body.agent.id }
  const asRoot = new Caller(url, { ...origin, cookie: root.cookie })
  const shop = await withSecret(asRoot, made.body.project.id)
  const other = await withSecret(asRoot, await newProject(asRoot, 'Elsewhere'))
  const scratch = await withSecret(asRoot, await newProject(asRoot, 'Scratch'))
  const agent = await join(asRoot, anybody, shop.id, 'agent')
  const owner = await join(asRoot, anybody, scratch.id, 'owner')
  const foreign = await begin(url, other, foreignCanary)
  const neighbour = await begin(url, shop, neighbourCanary)
  await asRoot.call('PATCH /conversations/:conversation', {
    params: { conversation: neighbour.conversation },
    body: { assigneeId: root.id, tags: [neighbourCanary] },
  })
  const own = await begin(url, shop, 'own')
  const mine = await begin(url, scratch, 'own')
  return {
    other: other.id,
    visitor: { project: shop, cookie: '', me: agent.id, ...own, foreign: neighbour.conversation },
    agent: { project: shop, cookie: agent.cookie, me: agent.id, ...own, foreign: neighbour.conversation },
    owner: { project: scratch, cookie: owner.cookie, me: owner.id, ...mine, foreign: foreign.conversation },
  }
}

export function standing(cast: Cast, who: Who): Standing {
  return who === 'nobody' ? cast.visitor : cast[who]
}

export async function signIn(url: string, project: Project, name: string): Promise<string> {
  const token = sign(project.secret, name)
  const { session } = await new Caller(url).call('POST /projects/:project/visitor-sessions', {
    params: { project: project.id },
    body: { token },
  })
  return session
}

export function sign(secret: string, name: string): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { external_id: name, name, email: `${name}@example.com`, iat: now, exp: now + 300 }
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

async function newProject(caller: Caller, name: string): Promise<string> {
  return (await caller.call('POST /projects', { body: { name } })).id
}

async function withSecret(caller: Caller, id: string): Promise<Project> {
  const made = await caller.call('POST /projects/:project/shared-secrets', { params: { project: id }, body: {} })
  return { id, key: made.id, secret: made.secret }
}

async function join(owner: Caller, anybody: Caller, project: string, role: Role): Promise<Person> {
  const email = `${role}@example.com`
  const { link } = await owner.call('POST /projects/:project/invitations', {
    params: { project },
    body: { email, role },
  })
  const body = { token: link.split('#')[1] ?? '', name: role, password }
  const { body: me, headers } = await anybody.answer('POST /invitations/accept', { body })
  return { cookie: cookieFrom(headers), id: me.agent.id }
}

async function begin(url: string, project: Project, text: string): Promise<{ conversation: string; message: string }> {
  const session = await signIn(url, project, text)
  return say(url, project.id, session, text)
}

/** A visitor begins a conversation, which only the socket can do. */
function say(url: string, project: string, session: string, text: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`)
  const said = { type: 'send', clientId: randomUUID(), text, attributes: { text } }
  return new Promise<{ conversation: string; message: string }>((resolve, reject) => {
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: 'hello', v: 1, project, session }))
      socket.send(JSON.stringify(said))
    }
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data))
      if (frame.type !== 'ack') return
      resolve({ conversation: frame.message.conversationId, message: frame.message.id })
      socket.close()
    }
    socket.onclose = () => reject(new Error('The connection ended before the message was taken.'))
  })
}

const cookieFrom = (headers: Headers): string => headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
