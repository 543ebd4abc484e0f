/** How much somebody, and a project, may upload. */
import type { Database, Transaction } from '../../db/database.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import type { Uploader } from './uploader.ts'

const dayMs = 86_400_000
/** Of one visitor, in a day. */
const mostFiles = 50
const mostBytes = 100 * 1024 * 1024

/** May this uploader add so many bytes? Asked before they are read, and again in the turn that keeps them. */
export async function requireRoom(
  { rows }: Pick<Database | Transaction, 'rows'>,
  { now, projectBytes }: Pick<Model, 'now'> & { projectBytes: number },
  { kind, id, projectId }: Uploader,
  bytes: number,
): Promise<void> {
  const [usage] = await rows<{ bytes: number }>('select bytes from attachment_usage where project_id = ?', [projectId])
  if ((usage?.bytes ?? 0) + bytes > projectBytes) throw new Refused('attachment_quota_exceeded', { field: 'project' })
  if (kind !== 'visitor') return
  const [own] = await rows<{ files: number; bytes: number | null }>(
    `select count(*) as files, cast(sum(bytes) as bigint) as bytes from attachments
     where uploader_id = ? and created_at > ? and uploader_kind = 'visitor'`,
    [id, now() - dayMs],
  )
  if (own && (own.files >= mostFiles || (own.bytes ?? 0) + bytes > mostBytes)) {
    throw new Refused('attachment_quota_exceeded')
  }
}
