/**
 * The attachments of a batch of messages (message/batch.ts): read before anything is decided, each given to one message
 * at most, written with it. A batch without any never comes here.
 */
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import type { Transaction } from '../../db/database.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Draft } from '../message/append.ts'
import { noAttachments } from '../message/record.ts'
import { attachmentFromRow } from './record.ts'
import { uploaderOf } from './uploader.ts'

export class Attaching {
  #rows: Map<string, AttachmentTable>
  #sent: AttachmentTable[] = []

  private constructor(rows: AttachmentTable[]) {
    this.#rows = new Map(rows.map((row) => [row.id, row]))
  }

  /** Nothing is asked where no message has any. */
  static async of(tx: Transaction, drafts: readonly Draft[]): Promise<Attaching | undefined> {
    const ids = drafts.flatMap((draft) => draft.attachmentIds)
    if (ids.length === 0) return undefined
    const select = `select * from attachments where message_id is null and id`
    // Nobody takes them back meanwhile.
    const find: ForEach = {
      sqlite: `${select} = ?`,
      postgres: `${select} = any(?::text[]) order by id ${tx.holding}`,
    }
    return new Attaching(
      await forEach<AttachmentTable>(
        tx,
        find,
        [...new Set(ids)].map((id) => [id]),
      ),
    )
  }

  /** Those that a message names; undefined if one of them is not its writer's to send. */
  named({ writer, attachmentIds }: Draft): AttachmentTable[] | undefined {
    const uploader = uploaderOf(writer)
    const rows = attachmentIds.flatMap((id) => this.#rows.get(id) ?? [])
    const own = rows.filter(
      (row) =>
        row.message_id === null &&
        row.project_id === uploader.projectId &&
        row.uploader_kind === uploader.kind &&
        row.uploader_id === uploader.id,
    )
    return own.length === attachmentIds.length ? own : undefined
  }

  /** From now on they are this message's. */
  send(rows: AttachmentTable[], message: { id: string; conversation_id: string }): void {
    for (const row of rows) {
      row.message_id = message.id
      row.conversation_id = message.conversation_id
      this.#sent.push(row)
    }
  }

  async write(tx: Transaction): Promise<void> {
    await forEach(
      tx,
      update,
      this.#sent.map((row) => [row.conversation_id, row.message_id, row.id]),
    )
  }
}

/** As they stand in the row of their message. */
export const encodeAttachments = (rows: AttachmentTable[]): string =>
  rows.length === 0 ? noAttachments : JSON.stringify(rows.map(attachmentFromRow))

const update: ForEach = {
  sqlite: 'update attachments set conversation_id = ?, message_id = ? where id = ?',
  postgres: `update attachments a set conversation_id = u.conversation_id, message_id = u.message_id
    from unnest(?::text[], ?::text[], ?::text[]) as u (conversation_id, message_id, id) where a.id = u.id`,
}
