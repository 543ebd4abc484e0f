/** What was sent to a webhook, or is to be; and sending it once more. */
import type { Delivery } from '../../../protocol/endpoints/webhooks.ts'
import type { OutboxTable } from '../../db/outbox-tables.ts'
import { requireAction } from '../access.ts'
import type { Member } from '../caller.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { testType } from '../outbox/claim.ts'
import { newDelivery, outboxTopic, putInOutbox, triedForMs } from '../outbox/put.ts'
import { afterPage, cutPage, type PageQuery } from '../page.ts'
import { Refused } from '../refused.ts'
import { findWebhook } from './list.ts'

export async function listDeliveries(
  model: Pick<Model, 'database' | 'now'>,
  actor: Member,
  webhookId: string,
  { page, limit }: PageQuery,
): Promise<{ deliveries: Delivery[]; nextPage: string | null }> {
  requireAction(actor, 'manageWebhooks')
  await findWebhook(model, actor.projectId, webhookId)
  const rows = await model.database.read
    .selectFrom('outbox')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where(afterPage(page))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { shown, nextPage } = cutPage(rows, limit)
  return { deliveries: shown.map(deliveryFromRow), nextPage }
}

/** Now, and waiting for nothing: what was meant to come before it has come, or has been given up. */
export async function resendDelivery(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  actor: Member,
  webhookId: string,
  id: string,
): Promise<Delivery> {
  requireAction(actor, 'manageWebhooks')
  const now = model.now()
  return model.database.transaction(async (tx) => {
    const [row] = await tx.rows<OutboxTable>(
      `update outbox set state = 'waiting', attempts = 0, due_at = ?, expires_at = ?, finished_at = null,
         claimed_until = case when state = 'waiting' then claimed_until else 0 end,
         lane = case when state = 'waiting' then lane else null end
       where id = ? and webhook_id = ? and webhook_id in (select w.id from webhooks w where w.project_id = ?)
       returning *`,
      [now, now + triedForMs, id, webhookId, actor.projectId],
    )
    if (!row) throw new Refused('not_found', { field: 'delivery' })
    tx.onCommit(() => model.bus.publish(outboxTopic, null))
    return deliveryFromRow(row)
  })
}

/** Something that means nothing, to see whether it arrives: once, at once, and also while the webhook is off. */
export async function sendTest(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  actor: Member,
  webhookId: string,
): Promise<Delivery> {
  requireAction(actor, 'manageWebhooks')
  const { id: target } = await findWebhook(model, actor.projectId, webhookId)
  const now = model.now()
  const { projectId } = actor
  const timestamp = new Date(now).toISOString()
  const body = JSON.stringify({ type: testType, timestamp, data: { projectId, webhook: { id: target } } })
  const row = newDelivery(now, {
    ...{ id: newId(), target, webhook_id: target, project_id: projectId, type: testType, body },
    // Whoever tries it looks at what comes of it: it is not tried again.
    expires_at: now,
  })
  await model.database.transaction((tx) => putInOutbox(tx, model, [row]))
  return deliveryFromRow(row)
}

function deliveryFromRow(row: OutboxTable): Delivery {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    status: row.status,
    failure: row.failure,
    createdAt: row.created_at,
    triedAt: row.tried_at,
    nextTryAt: row.state === 'waiting' ? row.due_at : null,
  }
}
