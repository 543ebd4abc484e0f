/**
 * One statement for all rows, as arrays, and what is written is sent with the commit: between two machines it is the round
 * trips that cost.
 */
import type { Transaction } from '../../db/database.ts'
import type { MessageTable } from '../../db/schema.ts'
import { conversationColumns, messageColumnNames, messageColumns } from './columns.ts'
import type { DepartmentName, LockedProject, MessageStore, OpenConversation, StoredMessage } from './store.ts'

export function postgresStore(tx: Transaction): MessageStore {
  return {
    async lockProjects(ids) {
      return tx.rows<LockedProject>(
        'select id, change_number, webhook_events from projects where id = any(?::text[]) order by id for update',
        [ids],
      )
    },
    findMessages: (projectId, clientIds) =>
      tx.rows<StoredMessage>(
        `select m.*, c.visitor_id from messages m join conversations c on c.id = m.conversation_id
         where m.project_id = ? and m.client_id = any(?::text[])`,
        [projectId, clientIds],
      ),
    async findConversations(ids) {
      if (ids.length === 0) return []
      return tx.rows<OpenConversation>(`select ${conversationColumns} from conversations where id = any(?::text[])`, [
        ids,
      ])
    },
    findDepartments: (projectId) =>
      tx.rows<DepartmentName>('select id, project_id, legacy_id from departments where project_id = ?', [projectId]),
    async insertConversations(conversations) {
      if (conversations.length === 0) return
      const column = columnOf(conversations)
      tx.send(insertConversations, [
        column('id'),
        column('project_id'),
        column('visitor_id'),
        column('department_id'),
        column('change_number'),
        column('last_activity_at'),
      ])
    },
    async reopenConversations(reopened) {
      if (reopened.length === 0) return
      const column = columnOf(reopened)
      tx.send(
        `update conversations c set state = 'open', record_number = u.number
         from unnest(?::text[], ?::bigint[]) as u (id, number) where c.id = u.id`,
        [column('id'), column('number')],
      )
    },
    async insertMessages(messages) {
      if (messages.length === 0) return
      const column = columnOf<MessageTable>(messages)
      tx.send(insertMessages, messageColumnNames.map(column))
    },
    async updateConversations(conversations) {
      if (conversations.length === 0) return
      const column = columnOf(conversations)
      tx.send(updateConversations, [
        column('id'),
        column('last_seq'),
        column('last_message_id'),
        column('waiting_since'),
        column('change_number'),
        column('last_activity_at'),
      ])
    },
    async setNumbers(numbers) {
      tx.send(
        `update projects p set change_number = u.number
         from unnest(?::text[], ?::bigint[]) as u (id, number) where p.id = u.id`,
        [[...numbers.keys()], [...numbers.values()]],
      )
    },
  }
}

const columnOf =
  <Row>(rows: Row[]) =>
  <Name extends keyof Row>(name: Name): Row[Name][] =>
    rows.map((row) => row[name])

const insertConversations = `
  insert into conversations (id, project_id, visitor_id, department_id, state, tags, last_seq, visitor_read_seq, agent_read_seq,
    change_number, record_number, access_number, created_at, last_activity_at)
  select id, project_id, visitor_id, department_id, 'open', '[]', 0, 0, 0, number, number, number, at, at
  from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
    as u (id, project_id, visitor_id, department_id, number, at)`

const insertMessages = `
  insert into messages (${messageColumnNames.join(', ')})
  select * from unnest(${messageColumnNames.map((name) => `?::${messageColumns[name]}[]`).join(', ')})`

const updateConversations = `
  update conversations c set last_seq = u.last_seq, last_message_id = u.last_message_id,
    waiting_since = u.waiting_since, change_number = u.change_number, last_activity_at = u.last_activity_at
  from unnest(?::text[], ?::integer[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
    as u (id, last_seq, last_message_id, waiting_since, change_number, last_activity_at)
  where c.id = u.id`
