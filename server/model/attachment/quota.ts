/** How much somebody, and a project, may upload. */
import type { Database, Transaction } from '../../db/database.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import type { Uploader } from './uploader.ts'

const dayMs = 86_400_000
const megabyte = 1024 * 1024
/** In a day: of one visitor, and of one agent or API key. */
const daily: Record<Uploader['kind'], { files: number; bytes: number }> = {
  visitor: { files: 50, bytes: 100 * megabyte },
  agent: { files: 1_000, bytes: 1_024 * megabyte },
}

/** May this uploader add so many bytes? Asked before they are read, and again in the turn that keeps them. */
export async function requireRoom(
  { rows }: Pick<Database | Transaction, 'rows'>,
  { now, projectBytes }: Pick<Model, 'now'> & { projectBytes: number },
  { kind, id, projectId }: Uploader,
  bytes: number,
): Promise<void> {
  const [usage] = await rows<{ bytes: number }>('select bytes from attachment_usage where project_id = ?', [projectId])
  if ((usage?.bytes ?? 0) + bytes > projectBytes) throw new Refused('attachment_quota_exceeded', { field: 'project' })
  const [own] = await rows<{ files: number; bytes: number | null }>(
    `select count(*) as files, cast(sum(bytes) as bigint) as bytes from attachments
     where uploader_id = ? and created_at > ? and uploader_kind = ?`,
    [id, now() - dayMs, kind],
  )
  const most = daily[kind]
  if (own && (own.files >= most.files || (own.bytes ?? 0) + bytes > most.bytes)) {
    throw new Refused('attachment_quota_exceeded')
  }
}
