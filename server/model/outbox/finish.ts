/** What became of an attempt. Whoever has lost his claim meanwhile has nothing to say any more. */
import type { Transaction } from '../../db/database.ts'
import type { OutboxTable } from '../../db/outbox-tables.ts'

export type Outcome = { status: number | null } & (
  | { failure: null }
  | {
      failure: string
      /** So long the receiver asks to be left alone. */
      retryAfterMs?: number | undefined
      /** It is there no more, and says so: nothing more is to be sent to it. */
      gone?: true
    }
)

const firstMs = 5_000
const longestMs = 6 * 3_600_000

/** After 5 seconds, 10, 20 … up to 6 hours, each a quarter more or less, so that nobody comes back all at once. */
function backOffMs(attempts: number, random: number): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** (attempts - 1)) * (0.75 + random / 2))
}

/** Gives how it stands now. */
export async function finish(
  tx: Transaction,
  row: OutboxTable,
  outcome: Outcome,
  { now, random }: { now: number; random: number },
): Promise<'delivered' | 'given_up' | 'waiting'> {
  const { status, failure } = outcome
  const state = failure === null ? 'delivered' : now >= row.expires_at ? 'given_up' : 'waiting'
  const over = state !== 'waiting'
  const askedMs = outcome.failure === null ? 0 : Math.min(longestMs, outcome.retryAfterMs ?? 0)
  const dueAt = over ? now : Math.min(row.expires_at, now + Math.max(askedMs, backOffMs(row.attempts, random)))
  const [own] = await tx.rows(
    `update outbox set state = ?, status = ?, failure = ?, due_at = ?, claimed_until = 0, finished_at = ?,
       sealed = case when ? = 'waiting' then sealed else '' end
     where id = ? and state = 'waiting' and attempts = ? returning id`,
    [state, status, failure, dueAt, over ? now : null, state, row.id, row.attempts],
  )
  if (!own) return state
  if (row.lane !== null && (!over || row.attempts > 1)) await moveLane(tx, row, dueAt)
  if (row.webhook_id !== null) await noteHealth(tx, row.webhook_id, failure, now)
  if (row.webhook_id !== null && askedMs > 0) await hold(tx, row.webhook_id, now + askedMs)
  return state
}

/** What waits behind it is due with it, and not looked at in vain until then. */
async function moveLane(tx: Transaction, { target, lane }: OutboxTable, dueAt: number): Promise<void> {
  await tx.rows("update outbox set due_at = ? where target = ? and lane = ? and state = 'waiting'", [
    dueAt,
    target,
    lane,
  ])
}

/** All of it, not only what was refused: whoever is overrun is not helped by being sent something else. */
async function hold(tx: Transaction, webhookId: string, until: number): Promise<void> {
  await tx.rows('update webhooks set held_until = ? where id = ? and coalesce(held_until, 0) < ?', [
    until,
    webhookId,
    until,
  ])
}

async function noteHealth(tx: Transaction, webhookId: string, failure: string | null, now: number): Promise<void> {
  if (failure === null) {
    await tx.rows(
      'update webhooks set failing_since = null, failure = null where id = ? and failing_since is not null',
      [webhookId],
    )
    return
  }
  await tx.rows('update webhooks set failing_since = coalesce(failing_since, ?), failure = ? where id = ?', [
    now,
    failure,
    webhookId,
  ])
}
