/** What a batch reads and writes, all of it at once; how, each database has its own best way for. */
import type { Transaction } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { postgresStore } from './store-postgres.ts'
import { sqliteStore } from './store-sqlite.ts'

/** A conversation as a batch changes it. */
export interface OpenConversation {
  id: string
  project_id: string
  visitor_id: string
  assignee_id: string | null
  department_id: string | null
  state: 'open' | 'snoozed' | 'resolved'
  last_seq: number
  last_message_id: string | null
  waiting_since: number | null
  change_number: number
  last_activity_at: number
}

export interface DepartmentName {
  id: string
  project_id: string
  legacy_id: string | null
}

/** With what its webhooks want, which nobody changes while it is locked. */
export interface LockedProject {
  id: string
  change_number: number
  webhook_events: number
}

/** A message that is there already, and whose conversation it is in. */
export type StoredMessage = MessageTable & { visitor_id: string }

export interface MessageStore {
  /** Locks the projects, in the order of the ids, and gives the number of each one's newest change. */
  lockProjects(ids: string[]): Promise<LockedProject[]>
  findMessages(projectId: string, clientIds: string[]): Promise<StoredMessage[]>
  findConversations(ids: string[]): Promise<OpenConversation[]>
  /** Asked for only where a message names one. */
  findDepartments(projectId: string): Promise<DepartmentName[]>
  /** Begun at the number and the moment that they have now. */
  insertConversations(conversations: OpenConversation[]): Promise<void>
  /** Opened again, each under the number of that change. */
  reopenConversations(reopened: { id: string; number: number }[]): Promise<void>
  insertMessages(messages: MessageTable[]): Promise<void>
  /** What every message changes of its conversation. */
  updateConversations(conversations: OpenConversation[]): Promise<void>
  setNumbers(numbers: Map<string, number>): Promise<void>
}

export function messageStore(tx: Transaction): MessageStore {
  return tx.dialect === 'sqlite' ? sqliteStore(tx) : postgresStore(tx)
}
