/** What is over goes: what arrived after a week, what did not after a month. What waits in vain is given up. */
import type { Model } from '../model.ts'

const dayMs = 86_400_000
const keptMs = { delivered: 7 * dayMs, given_up: 30 * dayMs }

type Keeping = Pick<Model, 'database' | 'now'>

/** True if there may be more. */
export async function pruneOutbox(model: Keeping, most: number): Promise<boolean> {
  const gone = await Promise.all([prune(model, 'delivered', most), prune(model, 'given_up', most), giveUp(model, most)])
  return gone.includes(most)
}

async function prune({ database, now }: Keeping, state: keyof typeof keptMs, most: number): Promise<number> {
  const gone = await database.transaction((tx) =>
    tx.rows(
      `delete from outbox where id in (select id from outbox where state = ? and finished_at <= ? limit ?)
       returning id`,
      [state, now() - keptMs[state], most],
    ),
  )
  return gone.length
}

/** Of a webhook that is switched off nothing is tried, and so nothing fails for the last time. */
async function giveUp({ database, now }: Keeping, most: number): Promise<number> {
  const at = now()
  const over = await database.transaction((tx) =>
    tx.rows(
      `update outbox set state = 'given_up', finished_at = ? where id in (
         select o.id from outbox o join webhooks w on w.id = o.webhook_id and w.enabled = 0
         where o.state = 'waiting' and o.expires_at <= ? and o.claimed_until <= ? limit ?) returning id`,
      [at, at, at, most],
    ),
  )
  return over.length
}
