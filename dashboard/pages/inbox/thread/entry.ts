import type { Row } from '../../../../client/timeline.ts'
import type { Agent, Message } from '../../../../protocol/records.ts'
import type { Entry } from '../../../parts/groups.ts'

/** An unsent message is drawn as the message that it will become. */
export function entryOf(row: Row, { id, name }: Agent): Entry {
  // A server of an older version knows of no files.
  if (row.state === 'sent') return { message: row.message, delivery: 'sent', files: row.message.attachments ?? [] }
  const {
    clientId,
    conversationId,
    text,
    attributes = {},
    attachments: files = [],
    kind = 'text',
    createdAt,
  } = row.entry
  const message: Message = {
    id: clientId,
    clientId,
    conversationId: conversationId ?? '',
    seq: null,
    author: { kind: 'agent', id, name },
    verification: null,
    kind,
    text,
    attributes,
    attachments: [],
    createdAt,
  }
  if (row.state === 'pending') return { message, delivery: 'pending', files }
  return { message, delivery: 'failed', reason: row.failure.message, files }
}
