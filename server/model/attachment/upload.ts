/**
 * An upload, from the first byte to the row. The bytes are put down beside the store, looked at there, made anew where
 * they are a picture, and only then given to the store; whatever is refused on the way leaves nothing behind. A message
 * takes the attachment later (attaching.ts).
 */
import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Attachment, AttachmentType } from '../../../protocol/attachment.ts'
import { maxAttachmentBytes } from '../../../protocol/limits.ts'
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import type { Transaction } from '../../db/database.ts'
import { orUnavailable } from '../../files/file-refused.ts'
import type { Images } from '../../files/images.ts'
import { drain, receive } from '../../files/receive.ts'
import { type FileStore, newFileName } from '../../files/store.ts'
import { isImage, typeOfFile } from '../../files/type.ts'
import { Allowance } from '../allowance.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { AddressRoom } from './address-room.ts'
import { noteFilesToCome, strikeOff } from './deletion.ts'
import { fileNameFrom } from './name.ts'
import { requireRoom } from './quota.ts'
import { attachmentFromRow } from './record.ts'
import { refusalFrom } from './refusal.ts'
import type { Uploader } from './uploader.ts'

/** How many uploads are under way at once: of one uploader, of all anonymous visitors of one address, and of all. */
const mostOfOne = 4
const mostOfAddress = 12
const mostOfAll = 32
/** How long what a stopping server has refused is still read. */
const lastDrainMs = 1_000

export interface UploadParts {
  model: Pick<Model, 'database' | 'metrics' | 'now'>
  store: FileStore
  images: Images
  projectBytes: number
  /** Of all anonymous visitors of one address, in a day. */
  addressBytes: number
  /** How long the bytes of a file may take to come. */
  uploadMs: number
  /** How long those that are under way are waited for when the server stops. */
  hurryMs: number
}

export interface Upload {
  body: Readable
  /** What the request says of its length, if it does. */
  announced: number | undefined
  name: string | undefined
}

/** What lies in the folder of incoming files and is to be kept. */
interface Made {
  type: AttachmentType
  path: string
  thumbnailPath: string | null
  width: number | null
  height: number | null
}

export class Uploads {
  #parts: UploadParts
  #limit: Allowance
  #addresses: AddressRoom
  #underWay = new Map<string, number>()
  #stopping = new AbortController()

  constructor(parts: UploadParts) {
    this.#parts = parts
    this.#limit = new Allowance({ perMinute: 30, burst: 30, now: parts.model.now })
    this.#addresses = new AddressRoom(parts.addressBytes, parts.model.now)
  }

  /** Takes a file in. Whatever is thrown is a refusal with a code, or a failure of the server's. */
  async take(who: () => Promise<Uploader>, upload: Upload): Promise<Attachment> {
    try {
      return await this.#take(await who(), upload)
    } catch (error) {
      // What it still sends is read for a moment, so that it gets to see the refusal, and no longer.
      drain(upload.body, this.#stopping.signal.aborted ? lastDrainMs : undefined)
      throw refusalFrom(error)
    }
  }

  /** The server stops: what has not come in a moment is refused, to be sent again. */
  hurry(): void {
    setTimeout(() => {
      this.#stopping.abort()
      this.#parts.images.stop()
    }, this.#parts.hurryMs).unref()
  }

  async #take(uploader: Uploader, upload: Upload): Promise<Attachment> {
    if ((upload.announced ?? 1) > maxAttachmentBytes) throw new Refused('attachment_too_large')
    if (uploader.address !== undefined) this.#addresses.require(uploader.address)
    this.#limit.take(uploader.id)
    const ofOne = () => this.#counted(uploader.id, mostOfOne, () => this.#withRoom(uploader, upload))
    const ofAddress = ({ address } = uploader) => (address ? this.#counted(address, mostOfAddress, ofOne) : ofOne())
    return this.#counted('all', mostOfAll, ofAddress)
  }

  async #withRoom(uploader: Uploader, upload: Upload): Promise<Attachment> {
    const { model, projectBytes } = this.#parts
    await requireRoom(model.database, { now: model.now, projectBytes }, uploader, upload.announced ?? 1)
    return this.#takeIn(uploader, upload)
  }

  async #counted<Result>(name: string, most: number, work: () => Promise<Result>): Promise<Result> {
    const underWay = this.#underWay.get(name) ?? 0
    if (underWay >= most) throw new Refused('rate_limited', { retryAfterMs: 2_000 })
    this.#underWay.set(name, underWay + 1)
    try {
      return await work()
    } finally {
      const left = (this.#underWay.get(name) ?? 1) - 1
      if (left > 0) this.#underWay.set(name, left)
      else this.#underWay.delete(name)
    }
  }

  async #takeIn(uploader: Uploader, { body, name }: Upload): Promise<Attachment> {
    const { store, uploadMs: ms } = this.#parts
    const path = join(await orUnavailable(store.incoming.folder()), randomUUID())
    const paths = [path, `${path}.made`, `${path}.small`]
    try {
      const bytes = await receive(body, path, { most: maxAttachmentBytes, ms, stopping: this.#stopping.signal })
      if (uploader.address !== undefined) this.#addresses.add(uploader.address, bytes)
      if (bytes === 0) throw new Refused('attachment_empty')
      const type = await orUnavailable(typeOfFile(path))
      if (!type) throw new Refused('attachment_type_not_allowed')
      const made = await this.#make(type, path, uploader.address ?? uploader.id)
      return await this.#keep(uploader, fileNameFrom(name), made)
    } finally {
      for (const left of paths) await rm(left, { force: true })
    }
  }

  async #make(type: AttachmentType, path: string, by: string): Promise<Made> {
    if (!isImage(type)) return { type, path, thumbnailPath: null, width: null, height: null }
    const [to, toThumbnail] = [`${path}.made`, `${path}.small`]
    const size = await this.#parts.images.prepare({ type, from: path, to, toThumbnail }, by)
    return { type, path: to, thumbnailPath: toThumbnail, ...size }
  }

  async #keep(uploader: Uploader, name: string, made: Made): Promise<Attachment> {
    const { model, store, projectBytes } = this.#parts
    const row = await orUnavailable(rowFrom(uploader, name, made, model.now()))
    const files = row.thumbnail_file === null ? [row.file] : [row.file, row.thumbnail_file]
    await model.database.transaction((tx) => noteFilesToCome(tx, model, files))
    await orUnavailable(store.put(row.file, made.path))
    if (row.thumbnail_file !== null && made.thumbnailPath !== null)
      await orUnavailable(store.put(row.thumbnail_file, made.thumbnailPath))
    await model.database.transaction(async (tx) => {
      await requireUploader(tx, uploader)
      const bytes = row.bytes + row.thumbnail_bytes
      // Locks the project's row, so that of several uploads each sees what the others have taken.
      await tx.rows(
        `insert into attachment_usage (project_id, bytes) values (?, 0)
         on conflict (project_id) do update set bytes = attachment_usage.bytes`,
        [row.project_id],
      )
      await requireRoom(tx, { now: model.now, projectBytes }, uploader, bytes)
      await tx.rows('update attachment_usage set bytes = bytes + ? where project_id = ?', [bytes, row.project_id])
      await tx.query.insertInto('attachments').values(row).execute()
      await strikeOff(tx, files)
    })
    model.metrics.uploads.value += 1
    return attachmentFromRow(row)
  }
}

/** Who has been erased meanwhile leaves nothing behind. First his row, as everybody locks. */
async function requireUploader(tx: Transaction, { kind, id }: Uploader): Promise<void> {
  if (kind !== 'visitor') return
  const find = `select id from visitors where id = ? and erasing_at is null ${tx.holding}`
  if ((await tx.rows(find, [id])).length === 0) throw new Refused('session_ended')
}

async function rowFrom(uploader: Uploader, name: string, made: Made, now: number): Promise<AttachmentTable> {
  const thumbnail = made.thumbnailPath
  return {
    id: newId(),
    project_id: uploader.projectId,
    uploader_kind: uploader.kind,
    uploader_id: uploader.id,
    conversation_id: null,
    message_id: null,
    name,
    type: made.type,
    bytes: (await stat(made.path)).size,
    thumbnail_bytes: thumbnail === null ? 0 : (await stat(thumbnail)).size,
    width: made.width,
    height: made.height,
    file: newFileName(),
    thumbnail_file: thumbnail === null ? null : newFileName(),
    created_at: now,
  }
}
