import { randomUUIDv7 } from 'node:crypto'
import type { Message } from '../../protocol/records.ts'
import { GroupCommit } from './group-commit.ts'
import type { Messages } from './messages.ts'

export class SqliteMessages implements Messages {
  #log = new GroupCommit()
  #project = randomUUIDv7()
  #number = 0
  #touch = this.#log.database.prepare(
    `update conversations set last_seq = last_seq + 1, last_message_id = ?, change_number = ?, last_activity_at = ?
     where id = ? returning last_seq`,
  )
  #insert = this.#log.database.prepare(
    `insert into messages (id, project_id, conversation_id, client_id, change_number, seq, author_kind, author_id,
       author_name, kind, text, attributes, created_at) values (?, ?, ?, ?, ?, ?, 'visitor', ?, ?, 'text', ?, '{}', ?)`,
  )

  constructor() {
    this.#log.insertProject(this.#project)
    const count = this.#log.database.prepare('update projects set change_number = ? where id = ?')
    this.#log.beforeCommit = () => count.run(this.#number, this.#project)
  }

  async begin(): Promise<string> {
    const [visitor, conversation] = [randomUUIDv7(), randomUUIDv7()]
    const { database } = this.#log
    database
      .prepare('insert into visitors (id, project_id, attributes, created_at, last_seen_at) values (?, ?, ?, 0, 0)')
      .run(visitor, this.#project, '{}')
    database
      .prepare(
        `insert into conversations (id, project_id, visitor_id, state, tags, last_seq, visitor_read_seq, agent_read_seq,
           change_number, record_number, access_number, created_at, last_activity_at)
         values (?, ?, ?, 'open', '[]', 0, 0, 0, 0, 0, 0, 0, 0)`,
      )
      .run(conversation, this.#project, visitor)
    return conversation
  }

  append(message: Message, stored: () => void): void {
    this.#log.write({ run: () => this.#store(message), committed: stored })
  }

  #store(message: Message): void {
    this.#number += 1
    const { id, clientId, conversationId, author, text, createdAt } = message
    const touched = this.#touch.get(id, this.#number, createdAt, conversationId)
    message.seq = Number(touched?.last_seq)
    const place = [clientId, this.#number, message.seq]
    this.#insert.run(id, this.#project, conversationId, ...place, author.id, author.name, text, createdAt)
  }
}
