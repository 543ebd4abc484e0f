/** A conversation is deleted a few rows a turn: its messages, what waits to be told of it, and last itself. */
import type { Transaction } from '../../db/database.ts'
import { deleteAttachments } from '../attachment/deletion.ts'
import type { Model } from '../model.ts'
import { type Erasable, takeAway } from './erased-conversation.ts'

/** In a turn that has locked the project: so nobody writes in it meanwhile. Gives which other visitors wrote in it. */
export async function eraseSomeOf(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  conversation: Erasable,
  most: number,
): Promise<{ authors: Set<string>; done: boolean }> {
  const { id, visitor_id: visitorId } = conversation
  const messages = await tx.rows<{ author_kind: string; author_id: string | null }>(
    `delete from messages where id in (select id from messages where conversation_id = ? order by change_number limit ?)
     returning author_kind, author_id`,
    [id, most],
  )
  const visitors = messages.filter((message) => message.author_kind === 'visitor')
  const authors = new Set(visitors.flatMap((message) => message.author_id ?? []))
  authors.delete(visitorId)
  if (messages.length === most) return { authors, done: false }
  const waiting = await tx.rows(
    'delete from outbox where id in (select id from outbox where lane = ? limit ?) returning id',
    [id, most],
  )
  if (waiting.length === most) return { authors, done: false }
  const files = await deleteAttachments(tx, model, 'conversation_id = ?', [id], most)
  if (files === most) return { authors, done: false }
  await takeAway(tx, model, conversation)
  return { authors, done: true }
}
