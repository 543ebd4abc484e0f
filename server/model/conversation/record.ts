/** Conversations as they travel, put together from their rows: both views of each at once (DL11). */
import { type Kysely, sql } from 'kysely'
import type {
  Attributes,
  Conversation,
  ConversationState,
  Message,
  Rating,
  Visitor,
  VisitorConversation,
} from '../../../protocol/records.ts'
import type { Schema } from '../../db/schema.ts'
import type { ConversationFacts } from '../access.ts'
import { conversationEtag } from '../etag.ts'
import { messageFromRow } from '../message/record.ts'
import { personKey } from '../person.ts'
import type { Presence } from '../presence.ts'

export interface ConversationRecord {
  facts: ConversationFacts
  projectId: string
  accessNumber: number
  agentView: Conversation & { etag: string }
  visitorView: VisitorConversation
}

export interface View {
  presence: Pick<Presence, 'has'>
  now(): number
}

/** The records of these ids, in the order of the ids; what does not exist is left out. */
export async function loadConversations(
  query: Kysely<Schema>,
  view: View,
  ids: readonly string[],
): Promise<ConversationRecord[]> {
  if (ids.length === 0) return []
  const rows = await conversationRows(query, ids)
  const lastMessages = await messagesById(
    query,
    rows.flatMap((row) => row.last_message_id ?? []),
  )
  const records = new Map(
    rows.map((row) => [row.id, recordFromRow(row, lastMessages.get(row.last_message_id ?? ''), view)]),
  )
  return ids.flatMap((id) => records.get(id) ?? [])
}

export async function loadConversation(
  query: Kysely<Schema>,
  view: View,
  id: string,
): Promise<ConversationRecord | undefined> {
  const [record] = await loadConversations(query, view, [id])
  return record
}

/** Without those of who is being erased: they are gone to everybody, however long the deleting takes. */
function conversationRows(query: Kysely<Schema>, ids: readonly string[]) {
  return query
    .selectFrom('conversations as c')
    .innerJoin('visitors as v', 'v.id', 'c.visitor_id')
    .leftJoin('agents as a', 'a.id', 'c.assignee_id')
    .leftJoin('departments as d', 'd.id', 'c.department_id')
    .leftJoin('signing_keys as k', 'k.id', 'v.verified_key_id')
    .selectAll('c')
    .select([
      'v.external_id',
      'v.name as visitor_name',
      'v.email',
      'v.phone',
      'v.attributes',
      'v.verified_key_id',
      'v.verified_at',
      'v.verified_until',
      'v.banned_at',
      'v.created_at as visitor_created_at',
      'v.last_seen_at',
      'a.name as assignee_name',
      'd.name as department_name',
      'k.last4',
      // Whose e-mail does this unverified visitor claim (AG3)?
      sql<string | null>`case when v.external_id is null and v.email_key is not null then (
        select coalesce(w.name, w.external_id) from visitors w
        where w.project_id = v.project_id and w.email_key = v.email_key and w.external_id is not null limit 1
      ) end`.as('not_verified_as'),
    ])
    .where('c.id', 'in', ids)
    .where('v.erasing_at', 'is', null)
    .execute()
}

type Row = Awaited<ReturnType<typeof conversationRows>>[number]

async function messagesById(query: Kysely<Schema>, ids: string[]): Promise<Map<string, Message>> {
  if (ids.length === 0) return new Map()
  const rows = await query.selectFrom('messages').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, messageFromRow(row)]))
}

function recordFromRow(row: Row, lastMessage: Message | undefined, view: View): ConversationRecord {
  const shared = {
    id: row.id,
    version: row.change_number,
    department: row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? '' },
    rating: ratingFromRow(row),
    lastSeq: row.last_seq,
    visitorReadSeq: row.visitor_read_seq,
    agentReadSeq: row.agent_read_seq,
    lastMessage: lastMessage ?? null,
    createdAt: row.created_at,
    lastActivityAt: row.last_activity_at,
  }
  return {
    facts: {
      id: row.id,
      visitorId: row.visitor_id,
      assigneeId: row.assignee_id,
      departmentId: row.department_id,
    },
    projectId: row.project_id,
    accessNumber: row.access_number,
    agentView: {
      ...shared,
      projectId: row.project_id,
      state: row.state,
      visitor: visitorFromRow(row, view),
      assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
      tags: JSON.parse(row.tags) as string[],
      waitingSince: row.waiting_since,
      etag: conversationEtag(row),
    },
    visitorView: { ...shared, state: stateForVisitors(row.state) },
  }
}

/** A visitor is not told of snoozing. */
export function stateForVisitors(state: ConversationState): VisitorConversation['state'] {
  return state === 'resolved' ? 'resolved' : 'open'
}

function ratingFromRow(row: Row): Rating | null {
  if (row.rating_stars === null || row.rated_at === null) return null
  return { stars: row.rating_stars, comment: row.rating_comment, ratedAt: row.rated_at }
}

function visitorFromRow(row: Row, view: View): Visitor {
  const verification =
    row.verified_key_id === null || row.verified_at === null || row.verified_until === null
      ? null
      : {
          keyId: row.verified_key_id,
          keyLast4: row.last4 ?? '',
          verifiedAt: row.verified_at,
          expiresAt: row.verified_until,
        }
  return {
    id: row.visitor_id,
    externalId: row.external_id,
    name: row.visitor_name,
    email: row.email,
    phone: row.phone,
    attributes: JSON.parse(row.attributes) as Attributes,
    identity: identityOf(row, view.now()),
    verification,
    notVerifiedAs: row.not_verified_as,
    banned: row.banned_at !== null,
    online: view.presence.has(personKey({ kind: 'visitor', projectId: row.project_id, id: row.visitor_id })),
    createdAt: row.visitor_created_at,
    lastSeenAt: row.last_seen_at,
  }
}

/** What may be believed of a visitor right now (VS9). */
function identityOf(row: Row, now: number): Visitor['identity'] {
  if (row.external_id === null) return row.visitor_name || row.email ? 'claimed' : 'anonymous'
  return (row.verified_until ?? 0) > now ? 'verified' : 'verified_earlier'
}
