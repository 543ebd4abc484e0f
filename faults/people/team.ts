/** The owner and his agents: who is taken in, put out, made something else, and who answers whom. */
import { randomUUID } from 'node:crypto'
import type { Role } from '../../protocol/records.ts'
import { Api, textIn } from './api.ts'
import { type Ask, type Ledger, outcomeOf, placeOf } from './ledger.ts'
import { Seat } from './seat.ts'

export interface Joined {
  agentId: string
  seat: Seat
}

export const password = 'a long password'

export class Team {
  #url: string
  #project: string
  #owner: Api
  #ledger: Ledger
  #emails = new Map<string, string>()
  /** Who is in each department. */
  #departments = new Map<string, Set<string>>()
  /** One after the other: each says who all are in a department from then on. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: { url: string; project: string; owner: Api; ledger: Ledger }) {
    this.#url = parts.url
    this.#project = parts.project
    this.#owner = parts.owner
    this.#ledger = parts.ledger
  }

  /** Those who are members for certain. */
  memberIds(): string[] {
    return [...this.#ledger.roles].flatMap(([agentId, deeds]) => (deeds.at(-1)?.value ? agentId : []))
  }

  roleOf(agentId: string): Role | null {
    return this.#ledger.roles.get(agentId)?.at(-1)?.value ?? null
  }

  async changeRole(agentId: string, role: Role): Promise<void> {
    await this.#ledger.note(this.#ledger.roles, agentId, role, async () =>
      outcomeOf(await this.#owner.insist('PATCH', `${this.#path}/members/${agentId}`, { role }, [404])),
    )
  }

  /** Out of his departments, too. */
  remove(agentId: string): Promise<unknown> {
    return this.#afterTheOthers(async () => {
      let ask: Ask = async () => {
        // 404: an earlier try had gone through.
        await this.#owner.insist('DELETE', `${this.#path}/members/${agentId}`, undefined, [404])
        return 'done'
      }
      const { roles, places } = this.#ledger
      for (const [departmentId, agents] of this.#departments) {
        if (!agents.delete(agentId)) continue
        const inner = ask
        ask = () => this.#ledger.note(places, placeOf(agentId, departmentId), false, inner)
      }
      await this.#ledger.note(roles, agentId, null, ask)
    })
  }

  async makeDepartment(name: string): Promise<void> {
    const { body } = await this.#owner.insist('POST', `${this.#path}/departments`, { name })
    this.#departments.set(textIn(body, 'id'), new Set())
  }

  departmentIds(): string[] {
    return [...this.#departments.keys()]
  }

  /** Into a department where he is not, out of one where he is. */
  move(agentId: string, departmentId: string): Promise<unknown> {
    return this.#afterTheOthers(async () => {
      const agents = this.#departments.get(departmentId)
      if (!agents || this.roleOf(agentId) === null) return
      const joins = !agents.has(agentId)
      if (joins) agents.add(agentId)
      else agents.delete(agentId)
      const path = `${this.#path}/departments/${departmentId}`
      await this.#ledger.note(this.#ledger.places, placeOf(agentId, departmentId), joins, async () => {
        await this.#owner.insist('PATCH', path, { agentIds: [...agents] })
        return 'done'
      })
    })
  }

  #afterTheOthers(act: () => Promise<void>): Promise<unknown> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => {})
    return done
  }

  /** Somebody who has been a member before. */
  async takeBack(agentId: string, role: Role): Promise<void> {
    const email = this.#emails.get(agentId)
    if (email === undefined) return
    await this.#ledger.note(this.#ledger.roles, agentId, role, async () => {
      await this.#admit(email, role)
      return 'done'
    })
  }

  async admit(role: Role): Promise<Joined> {
    const email = `${randomUUID()}@example.com`
    await this.#admit(email, role)
    const anybody = new Api(this.#url, () => ({ origin: this.#url }))
    const { body, headers } = await anybody.insist('POST', '/agent-session', { email, password })
    const agentId = textIn(body, 'agent', 'id')
    this.#emails.set(agentId, email)
    this.#ledger.joined(agentId, role)
    return { agentId, seat: agentSeat(this.#url, email, tokenIn(headers)) }
  }

  /** An answer may get lost on the way, and then the invitation is used up: until he is in. */
  async #admit(email: string, role: Role): Promise<void> {
    const anybody = new Api(this.#url, () => ({ origin: this.#url }))
    for (let tries = 0; tries < 60; tries++) {
      // 409: he is a member already.
      const invited = await this.#owner.insist('POST', `${this.#path}/invitations`, { email, role }, [409])
      if (invited.status === 409) return
      const token = textIn(invited.body, 'link').split('#')[1]
      const answer = await anybody.ask('POST', '/invitations/accept', { token, name: `Agent ${email}`, password })
      if (answer?.status === 201) return
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    throw new Error(`${email} cannot come in.`)
  }

  get #path(): string {
    return `/projects/${this.#project}`
  }
}

/** Gives a conversation to somebody, or back to everybody. */
export function assign(api: Api, ledger: Ledger, conversationId: string, assigneeId: string | null) {
  return ledger.note(ledger.assignees, conversationId, assigneeId, async () =>
    outcomeOf(await api.ask('PATCH', `/conversations/${conversationId}`, { assigneeId })),
  )
}

/** Gives a conversation to a department, or to none. */
export function giveToDepartment(api: Api, ledger: Ledger, conversationId: string, departmentId: string | null) {
  return ledger.note(ledger.departments, conversationId, departmentId, async () =>
    outcomeOf(await api.ask('PATCH', `/conversations/${conversationId}`, { departmentId })),
  )
}

/** Whoever sits there types his password. */
export function agentSeat(url: string, email: string, token: string): Seat {
  const headers = (value: string) => ({ origin: url, cookie: `signet_agent=${value}` })
  const anybody = new Api(url, () => ({ origin: url }))
  const enter = async () => {
    const answer = await anybody.ask('POST', '/agent-session', { email, password })
    return answer?.status === 201 ? tokenIn(answer.headers) : undefined
  }
  return new Seat(token, { enter, headers, returns: true, path: '/agent-session' })
}

/** The cookie's value. */
export function tokenIn(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0]?.split('=')[1] ?? ''
}
