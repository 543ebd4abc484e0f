import type { Attachment, Attributes, Message, Verification } from '../../../protocol/records.ts'
import type { MessageTable } from '../../db/schema.ts'

export const noAttachments = '[]'

/** A message as it travels. */
export function messageFromRow(row: MessageTable): Message {
  return {
    id: row.id,
    clientId: row.client_id,
    conversationId: row.conversation_id,
    seq: row.seq,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    verification: verificationFromRow(row),
    kind: row.kind,
    text: row.text,
    attributes: JSON.parse(row.attributes) as Attributes,
    attachments: attachmentsFrom(row.attachments),
    createdAt: row.created_at,
  }
}

/** Nearly always none: that is not parsed. */
export const attachmentsFrom = (json: string): Attachment[] =>
  json === noAttachments ? [] : (JSON.parse(json) as Attachment[])

function verificationFromRow(row: MessageTable): Verification | null {
  if (row.key_id === null || row.token_issued_at === null || row.verified_at === null) return null
  return { keyId: row.key_id, issuedAt: row.token_issued_at, verifiedAt: row.verified_at }
}
