/** API keys: what a site's backend calls with (VS6). Shown once; only the hash is kept, as of a session. */
import { createSessionToken, hashSessionToken } from '../../identity/session-token.ts'
import type { ApiKey, ApiScope } from '../../protocol/admin-records.ts'
import { requireAction } from './access.ts'
import { recordAudit } from './audit.ts'
import type { ApiKeyCaller, Member } from './caller.ts'
import { newId } from './id.ts'
import type { Model } from './model.ts'
import { Refused } from './refused.ts'

const prefix = 'sga_'
/** So often at most its use is written down. */
const useWrittenMs = 60_000

/** The newest first, none with more of itself than its last four characters. */
export async function listApiKeys({ database }: Pick<Model, 'database'>, actor: Member): Promise<ApiKey[]> {
  requireAction(actor, 'manageKeys')
  const rows = await database.read
    .selectFrom('api_keys as k')
    .leftJoin('agents as a', 'a.id', 'k.created_by')
    .select(['k.id', 'k.name', 'k.last4', 'k.scopes', 'k.created_by', 'a.name as agent_name'])
    .select(['k.created_at', 'k.last_used_at'])
    .where('k.project_id', '=', actor.projectId)
    .orderBy('k.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    last4: row.last4,
    scopes: scopesFrom(row.scopes),
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.agent_name ?? '' },
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Generates a key; this answer is the only one that holds it. */
export async function generateApiKey(
  model: Pick<Model, 'database' | 'now'>,
  actor: Member,
  { name, scopes }: { name: string; scopes: ApiScope[] },
  address: string,
): Promise<ApiKey & { key: string }> {
  requireAction(actor, 'manageKeys')
  const key = `${prefix}${createSessionToken().token}`
  const made = { id: newId(), name: name.trim(), last4: key.slice(-4), created_at: model.now() }
  await model.database.transaction(async (tx) => {
    const secret = { token_hash: hashSessionToken(key), scopes: JSON.stringify([...new Set(scopes)]) }
    await tx.query
      .insertInto('api_keys')
      .values({ ...made, ...secret, project_id: actor.projectId, created_by: actor.agentId })
      .execute()
    const detail = { id: made.id, name: made.name, last4: made.last4, scopes }
    await recordAudit(tx, model, { member: actor, action: 'api_key_generated', detail, address })
  })
  const record = (await listApiKeys(model, actor)).find((candidate) => candidate.id === made.id)
  if (!record) throw new Refused('internal_error')
  return { ...record, key }
}

/** At once on every node: nobody keeps keys in memory. */
export async function revokeApiKey(
  model: Pick<Model, 'database' | 'now'>,
  actor: Member,
  id: string,
  address: string,
): Promise<void> {
  requireAction(actor, 'manageKeys')
  await model.database.transaction(async (tx) => {
    const row = await tx.query
      .deleteFrom('api_keys')
      .where('id', '=', id)
      .where('project_id', '=', actor.projectId)
      .returning(['name', 'last4'])
      .executeTakeFirst()
    if (!row) throw new Refused('not_found', { field: 'key' })
    await recordAudit(tx, model, { member: actor, action: 'api_key_revoked', detail: { id, ...row }, address })
  })
}

type Row = { id: string; name: string; project_id: string; scopes: string; last_used_at: number | null }

/** Whose key this is; what it may do, access.ts says. */
export async function requireApiKey(model: Pick<Model, 'database' | 'now'>, key: string): Promise<ApiKeyCaller> {
  const [row] = await model.database.rows<Row>(
    'select id, name, project_id, scopes, last_used_at from api_keys where token_hash = ?',
    [hashSessionToken(key)],
  )
  if (!row) throw new Refused('api_key_unknown')
  await noteUse(model, row)
  return callerFrom(row)
}

/** By its id, while it has not been revoked: for what was given to it. */
export async function findApiKey({ database }: Pick<Model, 'database'>, id: string): Promise<ApiKeyCaller | undefined> {
  const [row] = await database.rows<Row>(
    'select id, name, project_id, scopes, last_used_at from api_keys where id = ?',
    [id],
  )
  return row && callerFrom(row)
}

function callerFrom({ id, name, project_id: projectId, scopes }: Row): ApiKeyCaller {
  return { kind: 'api key', id, name, projectId, scopes: scopesFrom(scopes) }
}

async function noteUse({ database, now }: Pick<Model, 'database' | 'now'>, row: Row): Promise<void> {
  const at = now()
  if (row.last_used_at !== null && at - row.last_used_at < useWrittenMs) return
  await database.transaction((tx) => tx.rows('update api_keys set last_used_at = ? where id = ?', [at, row.id]))
}

const scopesFrom = (json: string): ApiScope[] => JSON.parse(json) as ApiScope[]
