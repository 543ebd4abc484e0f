/** One prepared statement a row: with the database in this very process that is the fastest there is. */
import type { SqlValue, Transaction } from '../../db/database.ts'
import { conversationColumns, messageColumnNames } from './columns.ts'
import type { DepartmentName, LockedProject, MessageStore, OpenConversation, StoredMessage } from './store.ts'

export function sqliteStore(tx: Transaction): MessageStore {
  const each = async <Row>(sql: string, parameters: SqlValue[][]): Promise<Row[]> => {
    const rows: Row[] = []
    for (const own of parameters) rows.push(...(await tx.rows<Row>(sql, own)))
    return rows
  }

  return {
    async lockProjects(ids) {
      // There is one writer: whoever is in a turn has locked everything.
      return each<LockedProject>(
        'select id, change_number, webhook_events from projects where id = ?',
        ids.map((id) => [id]),
      )
    },
    findMessages: (projectId, clientIds) =>
      each<StoredMessage>(
        `select m.*, c.visitor_id from messages m join conversations c on c.id = m.conversation_id
         where m.project_id = ? and m.client_id = ?`,
        clientIds.map((clientId) => [projectId, clientId]),
      ),
    findConversations: (ids) =>
      each<OpenConversation>(
        `select ${conversationColumns} from conversations where id = ?`,
        ids.map((id) => [id]),
      ),
    findDepartments: (projectId) =>
      tx.rows<DepartmentName>('select id, project_id, legacy_id from departments where project_id = ?', [projectId]),
    async insertConversations(conversations) {
      await each(
        insertConversation,
        conversations.map(
          ({ id, project_id, visitor_id, department_id, change_number: number, last_activity_at: at }) => [
            ...[id, project_id, visitor_id, department_id],
            ...[number, number, number],
            ...[at, at],
          ],
        ),
      )
    },
    async reopenConversations(reopened) {
      await each(
        "update conversations set state = 'open', record_number = ? where id = ?",
        reopened.map(({ id, number }) => [number, id]),
      )
    },
    async insertMessages(messages) {
      await each(
        insertMessage,
        messages.map((message) => messageColumnNames.map((column) => message[column])),
      )
    },
    async updateConversations(conversations) {
      await each(
        `update conversations set last_seq = ?, last_message_id = ?, waiting_since = ?, change_number = ?,
           last_activity_at = ? where id = ?`,
        conversations.map((conversation) => [
          conversation.last_seq,
          conversation.last_message_id,
          conversation.waiting_since,
          conversation.change_number,
          conversation.last_activity_at,
          conversation.id,
        ]),
      )
    },
    async setNumbers(numbers) {
      await each(
        'update projects set change_number = ? where id = ?',
        [...numbers].map(([projectId, number]) => [number, projectId]),
      )
    },
  }
}

const insertConversation = `
  insert into conversations (id, project_id, visitor_id, department_id, state, tags, last_seq, visitor_read_seq, agent_read_seq,
    change_number, record_number, access_number, created_at, last_activity_at)
  values (?, ?, ?, ?, 'open', '[]', 0, 0, 0, ?, ?, ?, ?, ?)`

const insertMessage = `insert into messages (${messageColumnNames.join(', ')})
  values (${messageColumnNames.map(() => '?').join(', ')})`
