import { randomUUIDv7 } from 'node:crypto'
import type pg from 'pg'
import type { Message } from '../../protocol/records.ts'
import { ArrayCommit, columns, emptyPostgres } from './array-commit.ts'
import type { Messages } from './messages.ts'
import { insertProject } from './project.ts'

export class PostgresMessages implements Messages {
  #client: pg.Client
  #project = randomUUIDv7()
  #begun: Promise<unknown> = Promise.resolve()
  #log = new ArrayCommit<Message>((messages) => this.#store(messages))

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async open(url: string): Promise<PostgresMessages> {
    const messages = new PostgresMessages(await emptyPostgres(url))
    await messages.#client.query(insertProject(messages.#project))
    return messages
  }

  async begin(): Promise<string> {
    const [visitor, conversation] = [randomUUIDv7(), randomUUIDv7()]
    const beginning = { name: 'begin', text: begin, values: [visitor, this.#project, conversation] }
    this.#begun = this.#begun.then(() => this.#client.query(beginning))
    await this.#begun
    return conversation
  }

  append(message: Message, stored: () => void): void {
    this.#log.write(message, stored)
  }

  /** One way to the database and back, and so one commit. */
  async #store(messages: Message[]): Promise<void> {
    const given = columns(messages, ['id', 'conversationId', 'clientId', 'text', 'createdAt'])
    const authors = columns(
      messages.map(({ author }) => author),
      ['id', 'name'],
    )
    const values = [this.#project, messages.length, ...given, ...authors]
    const { rows } = await this.#client.query<{ id: string; seq: number }>({ name: 'store', text: store, values })
    const seqs = new Map(rows.map(({ id, seq }) => [id, seq]))
    for (const message of messages) message.seq = seqs.get(message.id) ?? null
  }
}

const begin = `
  with visitor as (
    insert into visitors (id, project_id, attributes, created_at, last_seen_at) values ($1, $2, '{}', 0, 0) returning id
  )
  insert into conversations (id, project_id, visitor_id, state, tags, last_seq, visitor_read_seq, agent_read_seq,
    change_number, record_number, access_number, created_at, last_activity_at)
  select $3, $2, id, 'open', '[]', 0, 0, 0, 0, 0, 0, 0, 0 from visitor`

const store = `
  with given as (
    select * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[])
      with ordinality as g (id, conversation_id, client_id, text, created_at, author_id, author_name, place)
  ), counted as (
    update projects set change_number = change_number + $2::integer where id = $1 returning change_number
  ), touched as (
    update conversations c set last_seq = c.last_seq + g.messages, last_message_id = g.last,
      change_number = (select change_number from counted), last_activity_at = g.at
    from (
      select conversation_id, count(*)::integer as messages, max(id) as last, max(created_at) as at
      from given group by conversation_id
    ) g where c.id = g.conversation_id returning c.id, c.last_seq - g.messages as seq
  )
  insert into messages (id, project_id, conversation_id, client_id, change_number, seq, author_kind, author_id,
    author_name, kind, text, attributes, created_at)
  select g.id, $1, g.conversation_id, g.client_id, counted.change_number - $2 + g.place,
    touched.seq + row_number() over (partition by g.conversation_id order by g.place), 'visitor', g.author_id,
    g.author_name, 'text', g.text, '{}', g.created_at
  from given g join touched on touched.id = g.conversation_id cross join counted
  returning id, seq`
