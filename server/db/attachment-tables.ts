/** The tables of files that are sent along with messages; see schema.ts. */
import type { AttachmentType } from '../../protocol/attachment.ts'

export interface AttachmentTable {
  id: string
  project_id: string
  uploader_kind: 'visitor' | 'agent'
  uploader_id: string
  /** Both null until it is sent. */
  conversation_id: string | null
  message_id: string | null
  name: string
  type: AttachmentType
  /** As they are stored. */
  bytes: number
  thumbnail_bytes: number
  width: number | null
  height: number | null
  /** Under which names they are in the store. */
  file: string
  thumbnail_file: string | null
  created_at: number
}

/** What a project's attachments take up. */
export interface AttachmentUsageTable {
  project_id: string
  bytes: number
}

/** Before a file is written and after its attachment has gone: no crash leaves one behind. */
export interface FileToDeleteTable {
  file: string
  due_at: number
}
