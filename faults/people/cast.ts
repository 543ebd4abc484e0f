/** Sets an installation up: an owner, agents in every role, and visitors with and without a name. */
import { signToken } from '../../bench/tokens.ts'
import { Seeded } from '../seeded.ts'
import { Api, textIn } from './api.ts'
import type { Reader } from './journal.ts'
import { Person } from './person.ts'

export interface Cast {
  project: string
  owner: Api
  visitors: Person[]
  agents: Person[]
  agentIds: string[]
}

const password = 'a long password'

export async function gather(url: string, visitors: number, seed: number): Promise<Cast> {
  const anybody = new Api(url, { origin: url })
  const setUp = await anybody.insist('POST', '/setup', {
    name: 'Ada Marsh',
    email: 'ada@example.com',
    password,
    projectName: 'Halden Tea',
  })
  const project = textIn(setUp.body, 'project', 'id')
  const cookie = cookieOf(setUp.headers)
  const owner = new Api(url, { origin: url, cookie })
  const base = { url, project }
  const chanceOf = (index: number) => new Seeded(seed * 1_000 + index)
  const ownerReader: Reader = { kind: 'agent', agentId: textIn(setUp.body, 'agent', 'id'), role: 'owner' }
  const agents = [new Person({ ...base, name: 'owner', reader: ownerReader, cookie, chance: chanceOf(900) })]
  for (const [index, role] of (['admin', 'agent', 'agent'] as const).entries()) {
    const joined = await join(anybody, owner, project, `agent${index}@example.com`, role)
    const reader: Reader = { kind: 'agent', agentId: joined.id, role }
    const more = { name: `${role} ${index}`, reader, cookie: joined.cookie, chance: chanceOf(901 + index) }
    agents.push(new Person({ ...base, ...more }))
  }
  const secret = textIn((await owner.insist('POST', `/projects/${project}/shared-secrets`, {})).body, 'secret')
  const all: Person[] = []
  for (let index = 0; index < visitors; index++) {
    const body = index % 2 === 0 ? { token: signToken(secret, `customer-${index}`) } : {}
    const admitted = (await anybody.insist('POST', `/projects/${project}/visitor-sessions`, body)).body
    const reader: Reader = { kind: 'visitor', visitorId: textIn(admitted, 'visitor', 'id') }
    const session = textIn(admitted, 'session')
    all.push(new Person({ ...base, name: `visitor ${index}`, reader, session, chance: chanceOf(index) }))
    // Every fifth has two tabs open.
    if (index % 5 !== 0) continue
    all.push(new Person({ ...base, name: `visitor ${index}, tab 2`, reader, session, chance: chanceOf(500 + index) }))
  }
  const agentIds = agents.flatMap(({ options }) => (options.reader.kind === 'agent' ? options.reader.agentId : []))
  return { project, owner, visitors: all, agents, agentIds }
}

async function join(anybody: Api, owner: Api, project: string, email: string, role: string) {
  const invited = await owner.insist('POST', `/projects/${project}/invitations`, { email, role })
  const token = textIn(invited.body, 'link').split('#')[1]
  const accepted = await anybody.insist('POST', '/invitations/accept', { token, name: `Agent ${email}`, password })
  return { id: textIn(accepted.body, 'agent', 'id'), cookie: cookieOf(accepted.headers) }
}

const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? ''
