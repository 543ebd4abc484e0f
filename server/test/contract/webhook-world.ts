/** A project with webhooks, and nodes that deliver to a receiver in this very process. */
import type { WebhookEvent } from '../../../protocol/endpoints/webhooks.ts'
import type { OutboxTable } from '../../db/outbox-tables.ts'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member } from '../../model/caller.ts'
import type { Outcome } from '../../model/outbox/finish.ts'
import { Outbox } from '../../model/outbox/outbox.ts'
import { addWebhook } from '../../model/webhook/webhook.ts'
import type { World } from './world.ts'

export const allEvents: WebhookEvent[] = [
  'conversation.opened',
  'conversation.assigned',
  'conversation.resolved',
  'message.added',
  'visitor.verified',
  'key.rotated',
]

export const arrived: Outcome = { status: 200, failure: null }
export const refused: Outcome = { status: 500, failure: 'The address answered with status 500.' }

export class Hooked {
  readonly world: World
  readonly owner: Member
  readonly masterKey = new MasterKey([new Uint8Array(32)])
  /** What was sent, in order; whatever `answer` makes of it. */
  readonly sent: OutboxTable[] = []
  answer: (row: OutboxTable) => Outcome | Promise<Outcome> = () => arrived
  #outbox: Outbox | undefined

  constructor(world: World) {
    this.world = world
    this.owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
  }

  get acting() {
    const { database, bus, now, presence } = this.world
    return { database, bus, now, presence, masterKey: this.masterKey }
  }

  node(inAll?: number): Outbox {
    const send = async (row: OutboxTable) => {
      this.sent.push(row)
      return this.answer(row)
    }
    return new Outbox(this.world, { webhook: send }, { random: () => 0.5, inAll })
  }

  add(events: readonly WebhookEvent[] = ['message.added'], url = 'https://hooks.example.com/') {
    return addWebhook(this.acting, this.owner, { url, events }, '127.0.0.1')
  }

  /** A webhook of another project; gives its owner there. */
  async elsewhere(): Promise<Member> {
    const member = { ...this.owner, projectId: await this.world.project() }
    const given = { url: 'https://elsewhere.example.com/', events: ['message.added' as const] }
    await addWebhook(this.acting, member, given, '127.0.0.1')
    return member
  }

  /** Everything that is due goes, and what that makes due. */
  async deliver(): Promise<void> {
    this.#outbox ??= this.node()
    await this.#outbox.settled()
  }

  texts(rows: readonly OutboxTable[] = this.sent): string[] {
    return rows.map(({ body }) => String(JSON.parse(body).data.message?.text))
  }

  rows(): Promise<OutboxTable[]> {
    return this.world.database.rows<OutboxTable>('select * from outbox order by created_at, position, id', [])
  }

  async states(): Promise<string[]> {
    return (await this.rows()).map(({ state }) => state)
  }
}
