/**
 * Every stored change takes the next number of its project inside the transaction that makes it (DL4). Taking it
 * locks the project's row, so the order of commits is the order of numbers. After the commit the change goes to
 * the bus, complete, so that whoever is connected need not read it back.
 */
import type { Conversation, Message, VisitorConversation } from '../../protocol/records.ts'
import type { Bus } from '../bus/bus.ts'
import type { Transaction } from '../db/database.ts'
import type { ConversationFacts } from './access.ts'
import type { Person } from './person.ts'

export type Change =
  | { kind: 'message'; number: number; facts: ConversationFacts; message: Message }
  | {
      kind: 'conversation'
      number: number
      facts: ConversationFacts
      /** Who could see it before: `undefined` when that is what it was, null when it did not exist. */
      before: ConversationFacts | null | undefined
      agentView: Conversation
      visitorView: VisitorConversation
      /** The latest messages, for whoever gains sight of it now (a visitor gets no notes); left out when nobody can. */
      messages?: Message[]
      /** Nothing of it shows in the visitor's view: tags, assignee, his own profile. */
      agentsOnly: boolean
    }
  | { kind: 'read'; number: number; facts: ConversationFacts; reader: 'visitor' | 'agent'; seq: number }
  /** More than can be listed, such as all that a revocation touches: read the log. */
  | { kind: 'many'; number: number; audience: Audience }

/** Agents always; visitors all, none, or one. */
export type Audience = 'agents' | 'everybody' | { visitorId: string }

/** What happens without being stored: gone if nobody is there to see it. */
export type Notice =
  | { kind: 'typing'; facts: ConversationFacts; author: Message['author']; fromConnection: string }
  | { kind: 'presence'; who: 'visitor' | 'agent'; id: string; online: boolean }

export type Signal = { changes: Change[] } | { notice: Notice }

const projectTopic = (projectId: string): string => `project:${projectId}`

/** For the change that this turn makes. It locks the project's row: the order of commits is the order of numbers. */
export async function nextNumber(tx: Transaction, projectId: string): Promise<number> {
  const row = await tx.query
    .updateTable('projects')
    .set((set) => ({ change_number: set('change_number', '+', 1) }))
    .where('id', '=', projectId)
    .returning('change_number')
    .executeTakeFirstOrThrow()
  return row.change_number
}

/** Tells every node, and nobody if the turn is rolled back. The changes are in the order of their numbers. */
export function publishOnCommit(tx: Transaction, bus: Bus, projectId: string, changes: Change[]): void {
  const signal: Signal = { changes }
  tx.onCommit(() => bus.publish(projectTopic(projectId), signal))
}

/** Tells whoever is there now; nobody hears of it later. */
export function publishNotice(bus: Bus, projectId: string, notice: Notice): void {
  const signal: Signal = { notice }
  bus.publish(projectTopic(projectId), signal)
}

/** He has come, or gone. */
export function publishPresence(bus: Bus, { kind, projectId, id }: Person, online: boolean): void {
  publishNotice(bus, projectId, { kind: 'presence', who: kind, id, online })
}

/** Hears what changes in a project from now on; gives the way to stop. */
export function listenToProject(bus: Bus, projectId: string, listener: (signal: Signal) => void): () => void {
  return bus.subscribe(projectTopic(projectId), (signal) => listener(signal as Signal))
}
