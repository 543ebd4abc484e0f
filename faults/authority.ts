/** What happens to people's rights while they write and read: keys, sessions, memberships, roles, sight. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Cast } from './people/cast.ts'
import type { Person } from './people/person.ts'
import { assign, giveToDepartment } from './people/team.ts'
import { at, type Fault, type FaultKind } from './schedule.ts'

export type AuthorityKind = Extract<
  FaultKind,
  | 'rotate the secret'
  | 'renew a session'
  | 'sign somebody out'
  | 'change a role'
  | 'remove a member'
  | 'take a conversation away'
  | 'move between departments'
>

/** A half revokes it, a quarter each retires and keeps it. */
function fateOfOld(force: number): 'revoke' | 'retire' | 'keep' {
  if (force < 0.5) return 'revoke'
  return force < 0.75 ? 'retire' : 'keep'
}

interface Company {
  cast: Cast
  /** Somebody new begins to write and read. */
  begin(person: Person): void
}

export const authority: Record<AuthorityKind, (company: Company, fault: Fault) => Promise<void>> = {
  'rotate the secret': ({ cast }, { force }) => cast.site.rotate(fateOfOld(force)),

  async 'renew a session'({ cast }, { place }) {
    await at(cast.visitors, place)?.options.seat.renew()
  },

  async 'sign somebody out'({ cast }, { place, forMs }) {
    const person = at([...cast.visitors.filter(({ named }) => named), ...cast.agents.slice(1)], place)
    await person?.options.seat.signOut(person.options.url, cast.ledger, forMs)
  },

  async 'change a role'({ cast }, { place }) {
    const agentId = at(others(cast), place)
    if (agentId) await cast.team.changeRole(agentId, cast.team.roleOf(agentId) === 'admin' ? 'agent' : 'admin')
  },

  async 'remove a member'({ cast, begin }, { place, force, forMs }) {
    const agentId = at(others(cast), place)
    if (!agentId) return
    const role = cast.team.roleOf(agentId) ?? 'agent'
    await cast.team.remove(agentId)
    await wait(forMs)
    if (force < 0.7) await cast.team.takeBack(agentId, role)
    else begin(cast.agentFrom(await cast.team.admit(role)))
  },

  async 'move between departments'({ cast }, { place, force, forMs }) {
    const { team } = cast
    const agentId = at(
      others(cast).filter((other) => team.roleOf(other) === 'agent'),
      place,
    )
    const departmentId = at(team.departmentIds(), force)
    if (!agentId || !departmentId) return
    await team.move(agentId, departmentId)
    await wait(forMs)
    if (force < 0.5) await team.move(agentId, departmentId)
  },

  async 'take a conversation away'({ cast }, { place, force, forMs }) {
    const { team, ledger, owner } = cast
    const agent = at(
      cast.agents.filter((person) => team.roleOf(agentIdOf(person)) === 'agent' && !person.outside),
      place,
    )
    const id = agent && at([...agent.journal.inSight.keys()], force)
    const other =
      agent &&
      at(
        others(cast).filter((candidate) => candidate !== agentIdOf(agent)),
        force,
      )
    if (!agent || !id || !other) return
    const give = (assigneeId: string | null) => persist(() => assign(owner, ledger, id, assigneeId))
    const departmentId = force < 0.3 ? null : (at(team.departmentIds(), place) ?? null)
    await persist(() => giveToDepartment(owner, ledger, id, departmentId))
    await give(other)
    await wait(forMs * 2)
    await give(force < 0.5 ? null : agentIdOf(agent))
  },
}

/** Members but for the owner. */
const others = ({ team }: Cast): string[] => team.memberIds().filter((agentId) => team.roleOf(agentId) !== 'owner')

const agentIdOf = ({ options: { reader } }: Person): string => (reader.kind === 'agent' ? reader.agentId : '')

/** Until there is an answer, for a while. */
async function persist(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 10 && (await ask()) === undefined; tries++) await wait(250)
}
