/**
 * Events go into the outbox in the transaction of what they tell of (WH2): either both are there after a crash, or
 * neither. A message's way learns from the lock on the project's row whether anybody wants them at all.
 */
import type { Transaction } from '../../db/database.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { newDelivery, putInOutbox } from '../outbox/put.ts'
import type { NewEvent } from './event.ts'
import { isWanted } from './event-type.ts'

/** For who has read anyway what the project's webhooks want: costs nothing where they want nothing. */
export async function recordWanted(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  project: { id: string; wanted: number },
  events: readonly NewEvent[],
): Promise<void> {
  const told = events.filter(({ type }) => isWanted(project.wanted, type))
  if (told.length === 0) return
  const webhooks = await tx.rows<{ id: string; events: number }>(
    // Held: one that is removed meanwhile would take this whole turn with it.
    `select id, events from webhooks where project_id = ? and enabled = 1 ${tx.holding}`,
    [project.id],
  )
  const now = model.now()
  const deliveries = told.flatMap((event) => {
    const body = bodyOf(project.id, event, now)
    return webhooks
      .filter((webhook) => isWanted(webhook.events, event.type))
      .map((webhook) =>
        newDelivery(now, {
          id: newId(),
          target: webhook.id,
          webhook_id: webhook.id,
          project_id: project.id,
          type: event.type,
          visitor_id: event.visitorId,
          lane: event.conversation?.id ?? null,
          position: event.conversation?.number ?? 0,
          body,
        }),
      )
  })
  await putInOutbox(tx, model, deliveries)
}

/** For everybody else: asks first. */
export async function recordEvents(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'now'>,
  projectId: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const [row] = await tx.rows<{ webhook_events: number }>('select webhook_events from projects where id = ?', [
    projectId,
  ])
  if (row) await recordWanted(tx, model, { id: projectId, wanted: row.webhook_events }, events)
}

function bodyOf(projectId: string, { type, data }: NewEvent, now: number): string {
  return JSON.stringify({ type, timestamp: new Date(now).toISOString(), data: { projectId, ...data } })
}
