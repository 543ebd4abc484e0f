/** What the contract's tests act on: a database of one's own, and the model's parts over it. */
import type { Message, Role } from '../../../protocol/records.ts'
import { memoryBus } from '../../bus/bus.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { Metrics } from '../../metrics/metrics.ts'
import { Allowance } from '../../model/allowance.ts'
import type { Actor, Member, VisitorCaller } from '../../model/caller.ts'
import { type Change, listenToProject } from '../../model/change.ts'
import { newId } from '../../model/id.ts'
import { Appender, type NewMessage } from '../../model/message/append.ts'
import { Presence } from '../../model/presence.ts'
import { insertProject } from '../../model/project/project.ts'
import { Refused } from '../../model/refused.ts'
import { Clock } from '../clock.ts'
import { readsHere } from '../reads-here.ts'

/** A database of a kind, without rows; `again` opens the same data once more. */
export interface Opened {
  database: Database
  again(): Promise<Database>
  /** Does to a turn what lets every query through and makes the commit fail. */
  spoilCommit(tx: Transaction): Promise<void>
  close(): Promise<void>
}

export type OpenDatabase = () => Promise<Opened>

export class World {
  readonly clock = new Clock()
  readonly now = this.clock.now
  readonly bus = memoryBus()
  readonly presence = new Presence()
  readonly metrics = new Metrics()
  readonly database: Database
  readonly reads: ReturnType<typeof readsHere>
  readonly appender: Appender
  /** Everything published of the project, in the order of publishing. */
  readonly published: Change[] = []
  projectId = ''
  ownerId = ''

  private constructor(
    database: Database,
    limit: { perMinute: number; burst: number },
    dialect: Transaction['dialect'],
  ) {
    this.database = database
    this.reads = readsHere(database, dialect)
    this.appender = new Appender(this, new Allowance({ ...limit, now: this.now }))
  }

  static async make(database: Database, limit = { perMinute: 60_000, burst: 10_000 }): Promise<World> {
    await migrate(database)
    const dialect = await database.transaction(async (tx) => tx.dialect)
    const world = new World(database, limit, dialect)
    world.ownerId = await world.agent()
    world.projectId = await world.project()
    listenToProject(world.bus, world.projectId, (signal) => {
      if ('changes' in signal) world.published.push(...signal.changes)
    })
    return world
  }

  async project(): Promise<string> {
    const made = await this.database.transaction((tx) => insertProject(tx, this.now(), 'Shop', this.ownerId))
    return made.id
  }

  async agent(): Promise<string> {
    const id = newId()
    const row = { id, name: 'Ada', email: id, email_key: id, password_hash: 'none', created_at: this.now() }
    await this.database.transaction((tx) => tx.query.insertInto('agents').values(row).execute())
    return id
  }

  async member(role: Role): Promise<Member> {
    const member = { agentId: await this.agent(), projectId: this.projectId, role, departmentIds: [] }
    const row = { project_id: this.projectId, agent_id: member.agentId, role, created_at: this.now() }
    await this.database.transaction((tx) => tx.query.insertInto('memberships').values(row).execute())
    return member
  }

  async visitor(projectId = this.projectId): Promise<VisitorCaller> {
    const id = newId()
    const row = { id, project_id: projectId, attributes: '{}', created_at: this.now(), last_seen_at: this.now() }
    await this.database.transaction((tx) => tx.query.insertInto('visitors').values(row).execute())
    return strangerCaller(projectId, id)
  }

  write(caller: VisitorCaller, message: Partial<NewMessage> = {}): Promise<Message> {
    return this.appender.append(
      { kind: 'visitor', caller },
      { clientId: crypto.randomUUID(), text: 'Hello', ...message },
    )
  }

  answer(member: Actor, message: Partial<NewMessage>): Promise<Message> {
    const writer = { kind: 'agent' as const, member, name: 'Ada' }
    return this.appender.append(writer, { clientId: crypto.randomUUID(), text: 'Hi', ...message })
  }

  async changeNumber(): Promise<number> {
    const project = this.database.read.selectFrom('projects').select('change_number').where('id', '=', this.projectId)
    return (await project.executeTakeFirstOrThrow()).change_number
  }

  /** The numbers of the messages that the index names for a word. */
  indexed(word: string): Promise<number[]> {
    return this.reads.index.find(this.projectId, [{ words: [word], begins: false }], 1e10, 1_000)
  }

  /** Every stored message, in the order of its numbers. */
  async stored() {
    return this.database.read.selectFrom('messages').selectAll().orderBy('change_number').execute()
  }
}

/** A caller whose visitor may or may not be in the database. */
export function strangerCaller(projectId: string, visitorId = newId()): VisitorCaller {
  const expiresAt = Number.MAX_SAFE_INTEGER
  return { kind: 'visitor', sessionId: newId(), projectId, visitorId, name: null, verification: null, expiresAt }
}

/** The code with which something was refused; `done` if it was not. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Refused) return error.field === undefined ? error.code : `${error.code} ${error.field}`
    throw error
  }
}

export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)
