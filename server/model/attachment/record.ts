import type { Attachment } from '../../../protocol/records.ts'
import type { AttachmentTable } from '../../db/attachment-tables.ts'

export function attachmentFromRow(row: AttachmentTable): Attachment {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    thumbnail: row.thumbnail_file !== null,
  }
}
