/** Sets an installation up: an owner, agents in every role, and visitors with and without a name. */
import { Seeded } from '../seeded.ts'
import { Api, textIn } from './api.ts'
import { Ledger } from './ledger.ts'
import { Person } from './person.ts'
import { Site } from './site.ts'
import { agentSeat, type Joined, password, Team, tokenIn } from './team.ts'
import { visit } from './visit.ts'

export interface Cast {
  project: string
  owner: Api
  team: Team
  site: Site
  ledger: Ledger
  visitors: Person[]
  agents: Person[]
  /** Somebody who has joined; he is not there yet. */
  agentFrom(joined: Joined): Person
}

export async function gather(url: string, visitors: number, seed: number): Promise<Cast> {
  const anybody = new Api(url, () => ({ origin: url }))
  const asOwner = { name: 'Ada Marsh', email: 'ada@example.com', password, projectName: 'Halden Tea' }
  const setUp = await anybody.insist('POST', '/setup', asOwner)
  const project = textIn(setUp.body, 'project', 'id')
  const ledger = new Ledger()
  const ownerSeat = agentSeat(url, asOwner.email, tokenIn(setUp.headers))
  const owner = new Api(url, () => ownerSeat.headers())
  const team = new Team({ url, project, owner, ledger })
  const base = { url, project, ledger }
  const chanceOf = (index: number) => new Seeded(seed * 1_000 + index)

  const agents: Person[] = []
  const agentFrom = ({ agentId, seat }: Joined) => {
    const name = agents.length === 0 ? 'owner' : `agent ${agents.length}`
    const chance = chanceOf(900 + agents.length)
    const person = new Person({ ...base, name, reader: { kind: 'agent', agentId }, seat, chance })
    agents.push(person)
    return person
  }
  const ownerId = textIn(setUp.body, 'agent', 'id')
  ledger.joined(ownerId, 'owner')
  agentFrom({ agentId: ownerId, seat: ownerSeat })
  for (const role of ['admin', 'agent', 'agent'] as const) agentFrom(await team.admit(role))
  for (const name of ['Orders', 'Returns']) await team.makeDepartment(name)

  const site = new Site(owner, project, ledger)
  await site.rotate('keep')
  const all: Person[] = []
  for (let index = 0; index < visitors; index++) {
    const { visitorId, seat } = await visit(anybody, project, site, index % 2 === 0 ? `customer-${index}` : undefined)
    const more = { ...base, reader: { kind: 'visitor' as const, visitorId }, seat }
    all.push(new Person({ ...more, name: `visitor ${index}`, chance: chanceOf(index) }))
    // Every fifth has two tabs open.
    if (index % 5 !== 0) continue
    all.push(new Person({ ...more, name: `visitor ${index}, tab 2`, chance: chanceOf(500 + index) }))
  }
  return { project, owner, team, site, ledger, visitors: all, agents, agentFrom }
}
