import type { Webhook } from '../../../protocol/endpoints/webhooks.ts'
import { requireAction } from '../access.ts'
import type { Member } from '../caller.ts'
import { webhookEtag } from '../etag.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { typesIn } from './event-type.ts'

const countedUpTo = 10_000

type Reading = Pick<Model, 'database' | 'now'>

export async function listWebhooks(model: Reading, actor: Member): Promise<Webhook[]> {
  requireAction(actor, 'manageWebhooks')
  return webhooksOf(model, actor.projectId)
}

export async function findWebhook(model: Reading, projectId: string, id: string): Promise<Webhook> {
  const webhook = (await webhooksOf(model, projectId)).find((candidate) => candidate.id === id)
  if (!webhook) throw new Refused('not_found', { field: 'webhook' })
  return webhook
}

async function webhooksOf({ database, now }: Reading, projectId: string): Promise<Webhook[]> {
  const rows = await database.read
    .selectFrom('webhooks as w')
    .leftJoin('agents as a', 'a.id', 'w.created_by')
    .selectAll('w')
    .select('a.name')
    .where('w.project_id', '=', projectId)
    .orderBy('w.id')
    .execute()
  const at = now()
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      url: row.url,
      events: typesIn(row.events),
      enabled: row.enabled === 1,
      last4: row.last4,
      previousSecretUntil: row.previous_until !== null && row.previous_until > at ? row.previous_until : null,
      waiting: await countWaiting(database, row.id),
      failing: row.failing_since === null ? null : { since: row.failing_since, failure: row.failure ?? '' },
      createdBy: row.created_by === null ? null : { id: row.created_by, name: row.name ?? '' },
      createdAt: row.created_at,
      etag: webhookEtag({ url: row.url, events: typesIn(row.events), enabled: row.enabled === 1 }),
    })),
  )
}

async function countWaiting({ rows }: Pick<Reading['database'], 'rows'>, id: string): Promise<number> {
  const [counted] = await rows<{ waiting: number }>(
    `select count(*) as waiting from (
       select 1 from outbox where target = ? and state = 'waiting' limit ${countedUpTo}) counted`,
    [id],
  )
  return counted?.waiting ?? 0
}
