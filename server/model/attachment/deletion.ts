/**
 * Attachments go in two steps. In a turn the row goes, and from then on nobody gets the file; what files there were is
 * written down in the same turn. Afterwards the files are deleted and struck off. A file that is about to be written is
 * written down first, too, for a little later: whatever crashes between, nothing stays behind.
 */
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import type { Transaction } from '../../db/database.ts'
import type { FileStore } from '../../files/store.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'

/** How long somebody has to send what he has uploaded. */
const unsentMs = 86_400_000
/** After so long nobody is still writing a file. */
const writingMs = 3_600_000

type Acting = Pick<Model, 'database' | 'now'>
type Gone = Pick<AttachmentTable, 'project_id' | 'bytes' | 'thumbnail_bytes' | 'file' | 'thumbnail_file'>

/** Those of this condition, at most so many. Gives how many there were. */
export async function deleteAttachments(
  tx: Transaction,
  model: Pick<Model, 'now'>,
  condition: string,
  values: readonly (string | number)[],
  most: number,
): Promise<number> {
  const gone = await tx.rows<Gone>(
    `delete from attachments where id in (select id from attachments where ${condition} limit ?)
     returning project_id, bytes, thumbnail_bytes, file, thumbnail_file`,
    [...values, most],
  )
  const files = gone.flatMap((row) => (row.thumbnail_file === null ? [row.file] : [row.file, row.thumbnail_file]))
  await noteFiles(tx, files, model.now())
  for (const [projectId, own] of Map.groupBy(gone, (row) => row.project_id)) {
    const bytes = own.reduce((sum, row) => sum + row.bytes + row.thumbnail_bytes, 0)
    await tx.rows('update attachment_usage set bytes = bytes - ? where project_id = ?', [bytes, projectId])
  }
  return gone.length
}

/** Before they are written: should they never become an attachment, they go. */
export async function noteFilesToCome(
  tx: Transaction,
  { now }: Pick<Model, 'now'>,
  files: readonly string[],
): Promise<void> {
  await noteFiles(tx, files, now() + writingMs)
}

export async function strikeOff(tx: Transaction, files: readonly string[]): Promise<void> {
  await forEach(
    tx,
    strike,
    files.map((file) => [file]),
  )
}

async function noteFiles(tx: Transaction, files: readonly string[], dueAt: number): Promise<void> {
  await forEach(
    tx,
    note,
    files.map((file) => [file, dueAt]),
  )
}

const note: ForEach = {
  sqlite: 'insert into files_to_delete (file, due_at) values (?, ?) on conflict do nothing',
  postgres: `insert into files_to_delete (file, due_at) select * from unnest(?::text[], ?::bigint[])
    on conflict do nothing`,
}

const strike: ForEach = {
  sqlite: 'delete from files_to_delete where file = ?',
  postgres: 'delete from files_to_delete where file = any(?::text[])',
}

/** One of the chores of housekeeping: what was uploaded and never sent. */
export async function deleteUnsent(model: Acting, most: number): Promise<boolean> {
  return model.database.transaction(async (tx) => {
    const condition = 'message_id is null and created_at <= ?'
    return (await deleteAttachments(tx, model, condition, [model.now() - unsentMs], most)) === most
  })
}

/** One more: a node of the version before erases conversations without knowing of attachments. */
export async function deleteOfErased(model: Acting, most: number): Promise<boolean> {
  return model.database.transaction(async (tx) => {
    const condition = 'conversation_id in (select conversation_id from erased_conversations)'
    return (await deleteAttachments(tx, model, condition, [], most)) === most
  })
}

/** And the last: the files themselves. One that its store does not delete keeps no other, and is tried again in an hour. */
export async function deleteFiles({ database, now }: Acting, store: FileStore, most: number): Promise<boolean> {
  const due = await database.rows<{ file: string }>(
    'select file from files_to_delete where due_at <= ? order by due_at limit ?',
    [now(), most],
  )
  const files = due.map(({ file }) => file)
  if (files.length === 0) return false
  const failures = new Map<string, unknown>()
  for (const file of files) await store.delete(file).catch((error: unknown) => failures.set(file, error))
  await database.transaction(async (tx) => {
    await strikeOff(tx, files)
    await noteFiles(tx, [...failures.keys()], now() + writingMs)
  })
  for (const failure of failures.values()) throw failure
  return files.length === most
}
