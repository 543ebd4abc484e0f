/**
 * Conversations that change because somebody in them does: the visitor has proved who he is, or can no longer.
 * Their records take a new number, so that agents who are away see it when they come back.
 */
import type { Transaction } from '../../db/database.ts'
import { nextNumber, publishOnCommit } from '../change.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'
import { loadConversations, type View } from './record.ts'

/** So many of a visitor's latest conversations are shown anew at once; the rest when the list is read. */
const shownAnew = 20

export async function touchVisitorsConversations(
  tx: Transaction,
  model: Pick<Model, 'bus'> & View,
  projectId: string,
  visitorId: string,
): Promise<void> {
  const rows = await tx.rows<{ id: string }>(
    'select id from conversations where visitor_id = ? order by change_number desc limit ?',
    [visitorId, shownAnew],
  )
  for (const { id } of rows) {
    const number = await nextNumber(tx, projectId)
    await tx.rows('update conversations set change_number = ?, record_number = ? where id = ?', [number, number, id])
    const [record] = await loadConversations(tx.query, model, [id])
    if (!record) continue
    const { facts, agentView, visitorView } = record
    publishOnCommit(tx, model.bus, projectId, [
      { kind: 'conversation', number, facts, before: undefined, agentView, visitorView, agentsOnly: true },
    ])
  }
}

/** Which of these visitors have any. */
export async function withConversations(tx: Transaction, visitorIds: readonly string[]): Promise<Set<string>> {
  const rows = await forEach<{ id: string }>(
    tx,
    someConversation,
    visitorIds.map((id) => [id]),
  )
  return new Set(rows.map((row) => row.id))
}

const someConversation: ForEach = {
  sqlite: 'select visitor_id as id from conversations where visitor_id = ? limit 1',
  postgres: `select v.id from unnest(?::text[]) as v (id)
     where exists (select 1 from conversations c where c.visitor_id = v.id)`,
}

/** All conversations of many visitors, under one number: too many to list one by one. */
export async function touchAllConversations(
  tx: Transaction,
  model: Pick<Model, 'bus'>,
  projectId: string,
  visitorIds: readonly string[],
): Promise<void> {
  const ids = await withConversations(tx, visitorIds)
  if (ids.size === 0) return
  const number = await nextNumber(tx, projectId)
  await forEach(
    tx,
    touchAll,
    [...ids].map((id) => [id, number]),
  )
  publishOnCommit(tx, model.bus, projectId, [{ kind: 'many', number, audience: 'agents' }])
}

const touchAll: ForEach = {
  sqlite: 'update conversations set change_number = ?2, record_number = ?2 where visitor_id = ?1',
  postgres: `update conversations c set change_number = g.number, record_number = g.number
     from unnest(?::text[], ?::bigint[]) as g (visitor_id, number) where c.visitor_id = g.visitor_id`,
}
