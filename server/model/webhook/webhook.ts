/** Webhooks: where a project's owner wants to be told what happens (WH1). */
import type { Webhook, WebhookEvent } from '../../../protocol/endpoints/webhooks.ts'
import type { Transaction } from '../../db/database.ts'
import type { WebhookTable } from '../../db/outbox-tables.ts'
import { parseHttpsUrl, requirePublicHost, Unreachable } from '../../outside/guarded-request.ts'
import { requireAction } from '../access.ts'
import { recordAudit } from '../audit.ts'
import type { Member } from '../caller.ts'
import { requireEtag, webhookEtag } from '../etag.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { maskOf, typesIn } from './event-type.ts'
import { findWebhook } from './list.ts'
import { createWebhookSecret } from './sign.ts'

const mostWebhooks = 10
const previousSignsForMs = 86_400_000

type Acting = Pick<Model, 'database' | 'now'>
type Sealing = Acting & Pick<Model, 'masterKey'>

export const webhookContext = (projectId: string, id: string): string => `webhook:${projectId}:${id}`

/** Adds one; this answer is the only one that holds its secret. */
export async function addWebhook(
  model: Sealing,
  actor: Member,
  given: { url: string; events: readonly WebhookEvent[] },
  address: string,
): Promise<Webhook & { secret: string }> {
  requireAction(actor, 'manageWebhooks')
  const url = readUrl(given.url)
  const { secret, last4 } = createWebhookSecret()
  const { projectId, agentId } = actor
  const id = newId()
  await model.database.transaction(async (tx) => {
    await holdProject(tx, projectId)
    const there = await tx.rows('select id from webhooks where project_id = ?', [projectId])
    if (there.length >= mostWebhooks) throw new Refused('too_many_webhooks')
    const sealed = await model.masterKey.seal(tx, secret, webhookContext(projectId, id))
    const made = { id, project_id: projectId, url, sealed, last4, created_by: agentId, created_at: model.now() }
    await tx.query
      .insertInto('webhooks')
      .values({ ...made, events: maskOf(given.events), enabled: 1 })
      .execute()
    await noteWanted(tx, projectId)
    const detail = { id, url: bare(url), events: given.events }
    await recordAudit(tx, model, { member: actor, action: 'webhook_added', detail, address })
  })
  return { ...(await findWebhook(model, projectId, id)), secret }
}

export interface WebhookChanges {
  url?: string
  events?: readonly WebhookEvent[]
  enabled?: boolean
}

/** What is left out stays. Switched on again, what waits is tried at once. `meant`: as in etag.ts. */
export async function changeWebhook(
  model: Acting,
  actor: Member,
  id: string,
  { url: given, events, enabled }: WebhookChanges,
  address: string,
  meant?: string,
): Promise<Webhook> {
  requireAction(actor, 'manageWebhooks')
  const url = given === undefined ? undefined : readUrl(given)
  const columns: Partial<WebhookTable> = {
    ...(url !== undefined && { url }),
    ...(events && { events: maskOf(events) }),
    ...(enabled !== undefined && { enabled: enabled ? 1 : 0 }),
    // Whoever switches it on has mended his server.
    ...(enabled && { held_until: null }),
  }
  if (Object.keys(columns).length === 0) return findWebhook(model, actor.projectId, id)
  await model.database.transaction(async (tx) => {
    const before = await requireWebhook(tx, actor.projectId, id)
    requireEtag(meant, etagOfRow(before))
    await tx.query.updateTable('webhooks').set(columns).where('id', '=', id).execute()
    // Whoever has just mended his server does not wait for hours until it is tried again.
    if (enabled && before.enabled === 0) await tryNow(tx, model, id)
    await noteWanted(tx, actor.projectId)
    const detail = {
      id,
      url: bare(url ?? before.url),
      ...(events && { events }),
      ...(enabled !== undefined && { enabled }),
    }
    await recordAudit(tx, model, { member: actor, action: 'webhook_changed', detail, address })
  })
  return findWebhook(model, actor.projectId, id)
}

const etagOfRow = ({ url, events, enabled }: WebhookTable): string =>
  webhookEtag({ url, events: typesIn(events), enabled: enabled === 1 })

/** Its receiver has said that it is gone for good; whoever knows better switches it on again. */
export async function switchOff(tx: Transaction, id: string): Promise<void> {
  const [webhook] = await tx.rows<{ project_id: string }>('select project_id from webhooks where id = ?', [id])
  if (!webhook) return
  await holdProject(tx, webhook.project_id)
  await tx.rows('update webhooks set enabled = 0 where id = ?', [id])
  await noteWanted(tx, webhook.project_id)
}

/** What waits for it goes with it. `meant` as for a change. */
export async function removeWebhook(
  model: Acting,
  actor: Member,
  id: string,
  address: string,
  meant?: string,
): Promise<void> {
  requireAction(actor, 'manageWebhooks')
  await model.database.transaction(async (tx) => {
    const before = await requireWebhook(tx, actor.projectId, id)
    requireEtag(meant, etagOfRow(before))
    const { url } = before
    await tx.query.deleteFrom('webhooks').where('id', '=', id).execute()
    await noteWanted(tx, actor.projectId)
    await recordAudit(tx, model, { member: actor, action: 'webhook_removed', detail: { id, url: bare(url) }, address })
  })
}

/** Another secret; the one before signs beside it for a day, so that no delivery is refused while it is put in place. */
export async function rotateWebhookSecret(
  model: Sealing,
  actor: Member,
  id: string,
  address: string,
): Promise<Webhook & { secret: string }> {
  requireAction(actor, 'manageWebhooks')
  const { projectId } = actor
  const { secret, last4 } = createWebhookSecret()
  await model.database.transaction(async (tx) => {
    const { url, sealed: previous } = await requireWebhook(tx, projectId, id)
    const sealed = await model.masterKey.seal(tx, secret, webhookContext(projectId, id))
    const until = model.now() + previousSignsForMs
    await tx.query
      .updateTable('webhooks')
      .set({ sealed, last4, previous_sealed: previous, previous_until: until })
      .where('id', '=', id)
      .execute()
    const detail = { id, url: bare(url), last4 }
    await recordAudit(tx, model, { member: actor, action: 'webhook_secret_rotated', detail, address })
  })
  return { ...(await findWebhook(model, projectId, id)), secret }
}

/** Held, so that nothing is written meanwhile by somebody who has read what was wanted before. */
async function requireWebhook(tx: Transaction, projectId: string, id: string): Promise<WebhookTable> {
  await holdProject(tx, projectId)
  const row = await tx.query
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  if (!row) throw new Refused('not_found', { field: 'webhook' })
  return row
}

async function holdProject(tx: Transaction, projectId: string): Promise<void> {
  await tx.rows('update projects set webhook_events = webhook_events where id = ?', [projectId])
}

/** What all of them together want: the one number that a message's way looks at. */
async function noteWanted(tx: Transaction, projectId: string): Promise<void> {
  const rows = await tx.rows<{ events: number }>('select events from webhooks where project_id = ? and enabled = 1', [
    projectId,
  ])
  const wanted = rows.reduce((mask, { events }) => mask | events, 0)
  await tx.rows('update projects set webhook_events = ? where id = ?', [wanted, projectId])
}

async function tryNow(tx: Transaction, { now }: Acting, id: string): Promise<void> {
  await tx.rows("update outbox set due_at = ? where target = ? and state = 'waiting'", [now(), id])
}

function readUrl(text: string): string {
  try {
    const url = parseHttpsUrl(text)
    requirePublicHost(url)
    return url.href
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    throw new Refused('webhook_url_invalid', { field: 'url', message: error.message })
  }
}

/** Without its query: some put a password there. */
const bare = (url: string): string => url.split('?', 1)[0] ?? url
