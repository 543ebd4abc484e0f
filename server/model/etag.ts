/**
 * What names the state of something that two people may change at the same moment (HT1): a hash of what can be changed,
 * so that every node, and the version before, says the same without a column of its own.
 */
import { hash } from 'node:crypto'
import type { Webhook } from '../../protocol/endpoints/webhooks.ts'
import type { Department, Project } from '../../protocol/records.ts'
import type { Schema } from '../db/schema.ts'
import { Refused } from './refused.ts'

type Untagged<R> = Omit<R, 'etag'>
type Row = Schema['conversations']

/** An ETag is made of what people decide: two who decide about the same thing at once shall notice. */
export function withEtag(project: Untagged<Project>): Project & { etag: string } {
  return { ...project, etag: etagOf(project) }
}

export function departmentWithEtag(department: Untagged<Department>): Department & { etag: string } {
  const { name, legacyId, agentIds } = department
  return { ...department, etag: etagOf({ name, legacyId, agentIds: agentIds.toSorted() }) }
}

/** Neither messages nor read marks make another version: what nobody decides, nobody can collide in. */
export function conversationEtag(row: Pick<Row, 'state' | 'assignee_id' | 'department_id' | 'tags'>): string {
  const { state, assignee_id: assigneeId, department_id: departmentId, tags } = row
  return etagOf({ state, assigneeId, departmentId, tags })
}

/** How its deliveries fare changes without anybody. */
export function webhookEtag({ url, events, enabled }: Pick<Webhook, 'url' | 'events' | 'enabled'>): string {
  return etagOf({ url, events: events.toSorted(), enabled })
}

export function etagOf(seen: object): string {
  return hash('sha256', JSON.stringify(seen), 'base64url').slice(0, 22)
}

/** `meant` is what the caller has before his eyes; undefined: he does not mind. */
export function requireEtag(meant: string | undefined, etag: string): void {
  if (meant !== undefined && meant !== etag) throw new Refused('changed_meanwhile')
}
