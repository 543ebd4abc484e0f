import type { MessageTable } from '../../db/schema.ts'

/** The type in PostgreSQL of each column of a message. */
export const messageColumns = {
  id: 'text',
  project_id: 'text',
  conversation_id: 'text',
  client_id: 'text',
  change_number: 'bigint',
  seq: 'integer',
  author_kind: 'text',
  author_id: 'text',
  author_name: 'text',
  key_id: 'text',
  token_issued_at: 'bigint',
  verified_at: 'bigint',
  kind: 'text',
  text: 'text',
  attributes: 'text',
  created_at: 'bigint',
  attachments: 'text',
} as const satisfies Record<keyof MessageTable, string>

export const messageColumnNames = Object.keys(messageColumns) as (keyof MessageTable)[]

export const conversationColumns = `id, project_id, visitor_id, assignee_id, department_id, state, last_seq,
  last_message_id, waiting_since, change_number, last_activity_at`
