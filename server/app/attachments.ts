/** Where attachments lie, and who takes them in, makes their pictures anew and deletes them. */
import { Images } from '../files/images.ts'
import { openFileStore } from '../files/store.ts'
import { deleteFiles } from '../model/attachment/deletion.ts'
import type { FileStore } from '../model/attachment/link.ts'
import { Uploads } from '../model/attachment/upload.ts'
import type { Chore } from '../model/housekeeping.ts'
import type { Model } from '../model/model.ts'
import type { Given } from './seams.ts'

/** 10 MB at 85 kB a second. */
const uploadMs = 120_000
const hurryMs = 4_000
const addressBytes = 200 * 1_048_576

export interface Attachments {
  files: FileStore
  uploads: Uploads
  chores: Chore[]
  stop(): void
}

export async function openAttachments(model: Model, { config, seams }: Given): Promise<Attachments> {
  const files = await openFileStore(config)
  const images = new Images(seams.images)
  const room = { projectBytes: config.attachmentMbPerProject * 1_048_576, addressBytes }
  return {
    files,
    uploads: new Uploads({ model, store: files, images, ...room, uploadMs, hurryMs, ...seams.uploads }),
    chores: [() => files.incoming.sweep(), (_, most) => deleteFiles(model, files, most)],
    stop() {
      images.stop()
      files.close()
    },
  }
}
