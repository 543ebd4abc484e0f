/** What fills the index of messages, a few hundred at a time, and what takes from it who is erased. */
import type { Model } from '../model.ts'
import type { Reading } from '../reads.ts'
import { wordsOf } from './words.ts'

const messagesAtOnce = 500
const forgottenAtOnce = 200

interface Row {
  id: string
  conversation_id: string
  change_number: number
  kind: string
  text: string
}

/** Goes on with the first project that is not through; whether there may be more to do. */
export async function indexSome(reading: Reading, _asked: Record<string, never>): Promise<boolean> {
  const { database, index } = reading
  const projects = await database.rows<{ id: string; change_number: number }>(
    'select id, change_number from projects where change_number > 0 order by id',
    [],
  )
  for (const { id, change_number: newest } of projects) {
    const after = await index.upTo(id)
    if (after >= newest) continue
    await indexNext(reading, id, after, newest)
    return true
  }
  return false
}

async function indexNext({ database, index }: Reading, projectId: string, after: number, newest: number) {
  // What is being erased is on its way out, and must not get in behind that.
  const rows = await database.rows<Row>(
    `select m.id, m.conversation_id, m.change_number, m.kind, m.text
     from messages m join conversations c on c.id = m.conversation_id join visitors v on v.id = c.visitor_id
     where m.project_id = ? and m.change_number > ? and m.change_number <= ? and v.erasing_at is null
     order by m.change_number limit ?`,
    [projectId, after, newest, messagesAtOnce],
  )
  const messages = rows
    .filter(({ kind }) => kind !== 'system')
    .map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      number: row.change_number,
      words: wordsOf(row.text).map(({ word }) => word),
    }))
  const upTo = rows.length === messagesAtOnce ? (rows.at(-1)?.change_number ?? newest) : newest
  await index.add(projectId, messages, { after, upTo })
}

/**
 * Before its messages are deleted: they say what has to go from the index. Gives where to go on, until all of it has
 * gone; null then, and at once where it goes by itself.
 */
export async function forgetSome(
  { database, index }: Reading,
  { id, projectId, after }: { id: string; projectId: string; after: number },
): Promise<number | null> {
  if (!index.forget) return null
  const rows = await database.rows<{ change_number: number }>(
    'select change_number from messages where conversation_id = ? and change_number > ? order by change_number limit ?',
    [id, after, forgottenAtOnce],
  )
  const numbers = rows.map((row) => row.change_number)
  await index.forget({ id, projectId, numbers })
  return numbers.length === forgottenAtOnce ? (numbers.at(-1) ?? null) : null
}

/** Asked for before a conversation is deleted. */
export async function forgetConversation(
  { reads }: Pick<Model, 'reads'>,
  conversation: { id: string; projectId: string },
): Promise<void> {
  for (let after: number | null = 0; after !== null; ) {
    after = await reads.ask('forgetSome', { ...conversation, after }, 'erasure')
  }
}
