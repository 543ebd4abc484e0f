/** Who delivers what: rows are claimed for a while, so that several nodes share the work and none is left behind. */
import type { Database } from '../../db/database.ts'
import type { OutboxTable } from '../../db/outbox-tables.ts'

/** Longer than any attempt takes; a node that has died with a claim is waited for as long. */
export const leaseMs = 60_000
/** What somebody sends to see whether it arrives: also to a webhook that is off. */
export const testType = 'webhook.test'

export interface Due {
  target: string
  /** Null: a mail. */
  projectId: string | null
}

/** Whom something is due for, each found by one look into the index, however much waits. */
export async function dueTargets({ rows }: Pick<Database, 'rows'>, now: number): Promise<Due[]> {
  const found = await rows<{ target: string; project_id: string | null }>(
    `with recursive each (target) as (
       select min(target) from outbox where state = 'waiting'
       union all
       select (select min(o.target) from outbox o where o.state = 'waiting' and o.target > each.target)
       from each where each.target is not null
     )
     select each.target, w.project_id from each left join webhooks w on w.id = each.target
     where each.target is not null and coalesce(w.held_until, 0) <= ? and exists (
       select 1 from outbox o where o.target = each.target and o.state = 'waiting' and o.due_at <= ?)`,
    [now, now],
  )
  return found.map(({ target, project_id: projectId }) => ({ target, projectId }))
}

/** Of a lane only the first, and that only while nobody is at it: so a conversation's events stay in order. */
export async function claim(
  { transaction }: Pick<Database, 'transaction'>,
  target: string,
  most: number,
  now: number,
): Promise<OutboxTable[]> {
  return transaction((tx) =>
    tx.rows<OutboxTable>(
      `update outbox set claimed_until = ?, attempts = attempts + 1, tried_at = ? where id in (
         select o.id from outbox o
         where o.target = ? and o.state = 'waiting' and o.due_at <= ? and o.claimed_until <= ?
           and (o.webhook_id is null or exists (
             select 1 from webhooks w where w.id = o.webhook_id and (w.enabled = 1 or o.type = '${testType}')))
           and (o.lane is null or not exists (
             select 1 from outbox e where e.target = o.target and e.lane = o.lane and e.state = 'waiting'
               and (e.position, e.id) < (o.position, o.id)))
         order by o.due_at, o.id limit ? ${tx.dialect === 'postgres' ? 'for update of o skip locked' : ''}
       ) returning *`,
      [now + leaseMs, now, target, now, now, most],
    ),
  )
}
