/** Reads what is stored, by SQL past the server and by the API as its owner. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Message, Role } from '../../protocol/records.ts'
import type { Api } from '../people/api.ts'
import { listConversations, readHistory } from '../people/history.ts'
import { digestOf, seen, seenConversation } from '../people/journal.ts'
import type { Stack } from '../stack/stack.ts'
import type { ConversationRow, MessageRow, Rows, SessionRow } from './rows.ts'

type Row = Record<string, unknown>

const queries = {
  epoch: 'select epoch from installation',
  project: 'select change_number from projects',
  messages: `select id, client_id, conversation_id, change_number, seq, author_id, author_kind, key_id, text
    from messages`,
  conversations: `select id, visitor_id, assignee_id, department_id, state, last_seq, last_message_id, visitor_read_seq,
    agent_read_seq, change_number from conversations`,
  sessions: `select s.token_hash, s.key_id, s.end_reason, k.revoked_at from visitor_sessions s
    left join signing_keys k on k.id = s.key_id`,
  roles: 'select agent_id, role from memberships',
  departments: 'select agent_id, department_id from department_members',
}

/** Without what the API says. */
export async function readStored(stack: Stack): Promise<Rows> {
  const tables = stack.postgres ? await fromPostgres(stack.postgres.url()) : fromSqlite(stack.disk?.folder ?? '')
  return {
    epoch: String(tables.epoch[0]?.epoch),
    changeNumber: Number(tables.project[0]?.change_number),
    messages: tables.messages.map(messageRow),
    conversations: tables.conversations.map(conversationRow),
    sessions: tables.sessions.map(sessionRow),
    roles: new Map(tables.roles.map((row) => [text(row.agent_id), roleFrom(row.role)])),
    departments: departmentsOf(tables.departments),
    api: { conversations: [], messages: [] },
  }
}

export async function readApi(owner: Api, project: string): Promise<Rows['api']> {
  const conversations = await insist(() => listConversations(owner, project))
  const messages: Message[] = []
  for (const { id } of conversations) messages.push(...(await insist(() => readHistory(owner, id))))
  return { conversations: conversations.map(seenConversation), messages: messages.map(seen) }
}

/** A wire that was to be cut may still be there, and be cut now. */
async function insist<Result>(read: () => Promise<Result | undefined>): Promise<Result> {
  for (let tries = 0; tries < 20; tries++) {
    const result = await read()
    if (result !== undefined) return result
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The API does not answer.')
}

type Tables = Record<keyof typeof queries, Row[]>

function fromSqlite(folder: string): Tables {
  const database = new DatabaseSync(join(folder, 'signet.db'), { readOnly: true })
  try {
    // One transaction, so that the tables are of one moment.
    database.exec('begin')
    const all = (sql: string): Row[] => database.prepare(sql).all()
    return {
      epoch: all(queries.epoch),
      project: all(queries.project),
      messages: all(queries.messages),
      conversations: all(queries.conversations),
      sessions: all(queries.sessions),
      roles: all(queries.roles),
      departments: all(queries.departments),
    }
  } finally {
    database.close()
  }
}

async function fromPostgres(url: string): Promise<Tables> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read')
    const all = async (sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows
    return {
      epoch: await all(queries.epoch),
      project: await all(queries.project),
      messages: await all(queries.messages),
      conversations: await all(queries.conversations),
      sessions: await all(queries.sessions),
      roles: await all(queries.roles),
      departments: await all(queries.departments),
    }
  } finally {
    await client.end()
  }
}

const text = (value: unknown): string => String(value)
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

const messageRow = (row: Row): MessageRow => ({
  id: text(row.id),
  clientId: text(row.client_id),
  conversationId: text(row.conversation_id),
  changeNumber: Number(row.change_number),
  seq: row.seq === null ? null : Number(row.seq),
  authorId: textOrNull(row.author_id),
  keyId: textOrNull(row.key_id),
  line: row.author_kind === 'system' && row.author_id === null,
  digest: digestOf(text(row.text)),
})

const sessionRow = (row: Row): SessionRow => ({
  key: text(row.token_hash),
  keyId: textOrNull(row.key_id),
  endReason: textOrNull(row.end_reason),
  revoked: row.revoked_at !== null,
})

function departmentsOf(rows: Row[]): Rows['departments'] {
  const byAgent = Map.groupBy(rows, (row) => text(row.agent_id))
  return new Map([...byAgent].map(([agentId, own]) => [agentId, own.map((row) => text(row.department_id))]))
}

const roleFrom = (value: unknown): Role => (value === 'owner' || value === 'admin' ? value : 'agent')

const conversationRow = (row: Row): ConversationRow => ({
  id: text(row.id),
  visitorId: text(row.visitor_id),
  assigneeId: textOrNull(row.assignee_id),
  departmentId: textOrNull(row.department_id),
  state: text(row.state),
  lastSeq: Number(row.last_seq),
  lastMessageId: textOrNull(row.last_message_id),
  visitorReadSeq: Number(row.visitor_read_seq),
  agentReadSeq: Number(row.agent_read_seq),
  changeNumber: Number(row.change_number),
})
