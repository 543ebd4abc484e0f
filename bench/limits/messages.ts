/** Messages in the product's tables with nothing around them: numbered, inserted, committed in groups. No rules. */
import { randomUUIDv7 } from 'node:crypto'
import type { Message } from '../../protocol/records.ts'
import { PostgresMessages } from './messages-postgres.ts'
import { SqliteMessages } from './messages-sqlite.ts'

export interface Messages {
  /** A visitor with a conversation; gives its id. */
  begin(): Promise<string>
  append(message: Message, stored: () => void): void
}

/** On PostgreSQL where the environment names one, as the product itself does. */
export async function openMessages(): Promise<Messages> {
  const url = process.env.DATABASE_URL
  return url === undefined ? new SqliteMessages() : PostgresMessages.open(url)
}

/** Its `seq` is told when it is stored. */
export function newMessage(conversationId: string, clientId: string, text: string): Message {
  return {
    id: randomUUIDv7(),
    clientId,
    conversationId,
    seq: 0,
    author: { kind: 'visitor', id: conversationId, name: 'Ada Marsh' },
    verification: null,
    kind: 'text',
    text,
    attributes: {},
    attachments: [],
    createdAt: Date.now(),
  }
}
