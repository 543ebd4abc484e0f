import type { FileStore } from '../../files/store.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { deleteAttachments, deleteFiles } from './deletion.ts'
import type { Uploader } from './uploader.ts'

/** What somebody has uploaded himself and not sent; everything else does not exist here. */
export async function cancelUpload(
  model: Pick<Model, 'database' | 'now'>,
  store: FileStore,
  { kind, id, projectId }: Uploader,
  attachmentId: string,
): Promise<void> {
  const condition = 'id = ? and project_id = ? and uploader_kind = ? and uploader_id = ? and message_id is null'
  const gone = await model.database.transaction((tx) =>
    deleteAttachments(tx, model, condition, [attachmentId, projectId, kind, id], 1),
  )
  if (gone === 0) throw new Refused('not_found', { field: 'attachment' })
  // Sooner than housekeeping would; if it does not work out now, that does.
  await deleteFiles(model, store, 20).catch(() => {})
}
