/** A project with so many conversations and messages, in bulk through the product's own statements. */
import { randomUUIDv7 } from 'node:crypto'
import type { Transaction } from '../../server/db/database.ts'
import type { MessageTable } from '../../server/db/schema.ts'
import { messageStore, type OpenConversation } from '../../server/model/message/store.ts'
import type { Model } from '../../server/model/model.ts'

export interface Filling {
  conversations: number
  messagesEach: number
}

const chunk = 10_000

/** Gives the conversations; their visitors have written all messages, in turn. */
export async function fill(
  model: Pick<Model, 'database'>,
  projectId: string,
  filling: Filling,
): Promise<OpenConversation[]> {
  const conversations = Array.from({ length: filling.conversations }, (_, index) => begun(projectId, index + 1))
  for (const some of chunks(conversations)) {
    await model.database.transaction(async (tx) => {
      for (const few of chunks(some, 500)) await insertVisitors(tx, few)
      await messageStore(tx).insertConversations(some)
    })
  }
  let number = conversations.length
  const messages = function* () {
    for (let round = 0; round < filling.messagesEach; round += 1) {
      for (const conversation of conversations) yield newMessage(conversation, ++number)
    }
  }
  for (const some of chunks(messages())) {
    await model.database.transaction((tx) => messageStore(tx).insertMessages(some))
  }
  await model.database.transaction(async (tx) => {
    await messageStore(tx).updateConversations(conversations)
    await messageStore(tx).setNumbers(new Map([[projectId, number]]))
    await tx.query.updateTable('conversations').set({ visitor_read_seq: filling.messagesEach }).execute()
  })
  return conversations
}

function begun(projectId: string, number: number): OpenConversation {
  return {
    id: randomUUIDv7(),
    project_id: projectId,
    visitor_id: randomUUIDv7(),
    assignee_id: null,
    department_id: null,
    state: 'open',
    last_seq: 0,
    last_message_id: null,
    waiting_since: null,
    change_number: number,
    last_activity_at: Date.now(),
  }
}

async function insertVisitors(tx: Transaction, conversations: OpenConversation[]): Promise<void> {
  const own = conversations.map(({ visitor_id: id, project_id, last_activity_at: at }) => ({
    ...{ id, project_id, external_id: id, name: `Ada Marsh ${id.slice(-6)}`, attributes: '{}' },
    ...{ created_at: at, last_seen_at: at },
  }))
  await tx.query.insertInto('visitors').values(own).execute()
}

function newMessage(conversation: OpenConversation, number: number): MessageTable {
  const id = randomUUIDv7()
  conversation.last_seq += 1
  conversation.last_message_id = id
  conversation.change_number = number
  return {
    id,
    project_id: conversation.project_id,
    conversation_id: conversation.id,
    client_id: randomUUIDv7(),
    change_number: number,
    seq: conversation.last_seq,
    author_kind: 'visitor',
    author_id: conversation.visitor_id,
    author_name: 'Ada Marsh',
    key_id: null,
    token_issued_at: null,
    verified_at: null,
    kind: 'text',
    text: 'Is the tin for the Darjeeling airtight, or do I need a jar?',
    attributes: '{}',
    created_at: conversation.last_activity_at,
    attachments: '[]',
  }
}

function* chunks<T>(all: Iterable<T>, size = chunk): Generator<T[]> {
  let some: T[] = []
  for (const one of all) {
    some.push(one)
    if (some.length === size) {
      yield some
      some = []
    }
  }
  if (some.length > 0) yield some
}
