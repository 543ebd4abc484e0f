/** Two tables, prepared statements, one statement for each message. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { scratchFolder } from '../scratch.ts'

export interface NewMessage {
  conversationId: string
  authorId: string
  name: string
  text: string
  createdAt: number
}

export interface Store {
  /** The visitor's conversation, begun if there is none. */
  conversationOf(visitorId: string): Promise<string>
  history(conversationId: string, limit: number): Promise<unknown[]>
  /** Gives the message's id once it is on the disk. */
  insertMessage(message: NewMessage): Promise<number>
}

const tables = (key: string) => [
  'create table conversations (id text primary key, visitor_id text not null unique, created_at bigint not null)',
  `create table messages (id ${key}, conversation_id text not null references conversations (id),
     author_id text not null, name text not null, text text not null, created_at bigint not null)`,
  'create index messages_by_conversation on messages (conversation_id, id)',
]
const begin = 'insert into conversations (id, visitor_id, created_at) values ($1, $2, $3) on conflict do nothing'
const find = 'select id from conversations where visitor_id = $1'
const read = 'select * from messages where conversation_id = $1 order by id desc limit $2'
const insert =
  'insert into messages (conversation_id, author_id, name, text, created_at) values ($1, $2, $3, $4, $5) returning id'

const valuesOf = (m: NewMessage) => [m.conversationId, m.authorId, m.name, m.text, m.createdAt]

export function sqliteStore(): Store {
  const database = new DatabaseSync(join(scratchFolder(), 'chat.db'))
  for (const setting of ['journal_mode = wal', 'synchronous = full']) database.exec(`pragma ${setting}`)
  for (const statement of tables('integer primary key')) database.exec(statement)
  const [beginning, finding, reading, inserting] = [begin, find, read, insert].map((sql) =>
    database.prepare(sql.replaceAll('$', '?')),
  )
  return {
    async conversationOf(visitorId) {
      beginning?.run(randomUUID(), visitorId, Date.now())
      return String(finding?.get(visitorId)?.id)
    },
    history: async (conversationId, limit) => reading?.all(conversationId, limit) ?? [],
    insertMessage: async (message) => Number(inserting?.get(...valuesOf(message))?.id),
  }
}

export async function postgresStore(connectionString: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString })
  for (const statement of tables('bigserial primary key')) await pool.query(statement)
  const run = async (name: string, text: string, values: unknown[]) =>
    (await pool.query({ name, text, values })).rows as { id: string }[]
  return {
    async conversationOf(visitorId) {
      await run('begin', begin, [randomUUID(), visitorId, Date.now()])
      return String((await run('find', find, [visitorId]))[0]?.id)
    },
    history: (conversationId, limit) => run('read', read, [conversationId, limit]),
    insertMessage: async (message) => Number((await run('insert', insert, valuesOf(message)))[0]?.id),
  }
}
