/** All that is stored of a person, for him to be given: a page at a time, and never so much that others wait for it. */
import type { VisitorExport } from '../../../protocol/visitor-export.ts'
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import type { Schema } from '../../db/schema.ts'
import { requireAction } from '../access.ts'
import { attachmentFromRow } from '../attachment/record.ts'
import { recordAudit } from '../audit.ts'
import { type Actor, authorIdOf } from '../caller.ts'
import { loadConversation } from '../conversation/record.ts'
import { messagesAfter } from '../message/history.ts'
import { messageFromRow } from '../message/record.ts'
import type { Model } from '../model.ts'
import { personKey } from '../person.ts'
import { type Reading, toJson, Written } from '../reads.ts'
import { Refused } from '../refused.ts'

type Person = NonNullable<VisitorExport['person']>
type Part = VisitorExport['conversations'][number]

/** A page ends when it has so much in it. */
const fullPage = { conversations: 200, messages: 2_000, characters: 1_000_000 }
const readAtOnce = 200

/** That it was given out is written down (SS9), once. */
export async function exportVisitor(
  model: Pick<Model, 'database' | 'presence' | 'now' | 'reads'>,
  actor: Actor,
  visitorId: string,
  page: string | undefined,
  address: string,
): Promise<Written<VisitorExport>> {
  requireAction(actor, 'exportVisitors')
  const [row] = await model.database.rows<Schema['visitors']>(
    'select * from visitors where id = ? and project_id = ? and erasing_at is null',
    [visitorId, actor.projectId],
  )
  if (!row) throw new Refused('not_found', { field: 'visitor' })
  const from = parsePage(page)
  if (page === undefined) {
    const detail = { visitorId }
    await model.database.transaction((tx) =>
      recordAudit(tx, model, { member: actor, action: 'visitor_exported', detail, address }),
    )
  }
  const online = model.presence.has(personKey({ kind: 'visitor', projectId: actor.projectId, id: visitorId }))
  const asked = { person: page === undefined ? row : null, visitorId, from, online, exportedAt: model.now() }
  return new Written(await model.reads.ask('visitorExport', asked, authorIdOf(actor)))
}

interface Asked {
  /** Whose profile begins the first page. */
  person: Schema['visitors'] | null
  visitorId: string
  from: Place
  online: boolean
  exportedAt: number
}

export async function readVisitorExport(reading: Reading, asked: Asked): Promise<Uint8Array> {
  const { exportedAt } = asked
  const person = asked.person && (await personFrom(reading, asked.person))
  const page: VisitorExport = { person, ...(await conversationsFrom(reading, asked)), exportedAt }
  return toJson(page)
}

interface Place {
  conversationId: string
  after: number
}

function parsePage(page: string | undefined): Place {
  if (page === undefined) return { conversationId: '', after: 0 }
  const [, conversationId, after] = page.match(/^([0-9a-f-]{36})\.([0-9]{1,15})$/) ?? []
  if (!conversationId || !after) throw new Refused('invalid_request', { field: 'page' })
  return { conversationId, after: Number(after) }
}

async function conversationsFrom(
  reading: Reading,
  { visitorId, from, online, exportedAt }: Asked,
): Promise<Pick<VisitorExport, 'conversations' | 'nextPage'>> {
  const view = { presence: { has: () => online }, now: () => exportedAt }
  const { database } = reading
  const rows = await database.rows<{ id: string }>(
    'select id from conversations where visitor_id = ? and id >= ? order by id limit ?',
    [visitorId, from.conversationId, fullPage.conversations + 1],
  )
  const room = { messages: fullPage.messages, characters: fullPage.characters }
  const conversations: Part[] = []
  for (const { id } of rows) {
    const begin = id === from.conversationId ? from.after : 0
    if (room.messages <= 0 || room.characters <= 0 || conversations.length === fullPage.conversations) {
      return { conversations, nextPage: `${id}.${begin}` }
    }
    const record = await loadConversation(database.read, view, id)
    if (!record) continue
    const { messages, after } = await messagesFrom(reading, id, begin, room)
    conversations.push({ conversation: record.agentView, messages })
    if (after !== null) return { conversations, nextPage: `${id}.${after}` }
  }
  return { conversations, nextPage: null }
}

/** `after` is null when that was all of them. */
async function messagesFrom(
  reading: Reading,
  id: string,
  begin: number,
  room: { messages: number; characters: number },
): Promise<Pick<Part, 'messages'> & { after: number | null }> {
  const messages: Part['messages'] = []
  let after = begin
  while (room.messages > 0 && room.characters > 0) {
    const rows = await messagesAfter(reading, id, { after, limit: readAtOnce, agentView: true })
    for (const row of rows) {
      messages.push(messageFromRow(row))
      room.messages -= 1
      room.characters -= row.text.length + row.attributes.length
      after = row.change_number
    }
    if (rows.length < readAtOnce) return { messages, after: null }
  }
  return { messages, after }
}

async function personFrom({ database }: Reading, row: Schema['visitors']): Promise<Person> {
  const sessions = await database.rows<Schema['visitor_sessions']>(
    'select * from visitor_sessions where visitor_id = ? order by created_at, id',
    [row.id],
  )
  const bans = await database.rows<Schema['bans']>('select * from bans where visitor_id = ?', [row.id])
  const unsent = await database.rows<AttachmentTable>(
    `select * from attachments where uploader_id = ? and uploader_kind = 'visitor' and message_id is null order by id`,
    [row.id],
  )
  const deliveries = await database.rows<Schema['outbox']>(
    'select id, type, state, created_at, finished_at from outbox where visitor_id = ? order by created_at, id limit 10000',
    [row.id],
  )
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    attributes: JSON.parse(row.attributes),
    verifiedAt: row.verified_at,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    mailsRefusedAt: row.mail_refused_at,
    sessions: sessions.map(sessionFrom),
    bans: bans.map(({ id, reason, address, created_at: createdAt }) => ({ id, reason, address, createdAt })),
    unsentAttachments: unsent.map(attachmentFromRow),
    deliveries: deliveries.map(({ id, type, state, created_at: createdAt, finished_at: finishedAt }) => {
      return { id, type, state, createdAt, finishedAt }
    }),
  }
}

/** Without what opens it. */
function sessionFrom(row: Schema['visitor_sessions']): Person['sessions'][number] {
  return {
    id: row.id,
    keyId: row.key_id,
    issuedAt: row.issued_at,
    verifiedAt: row.verified_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    address: row.address,
  }
}
