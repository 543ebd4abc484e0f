import type { OpeningHours } from '../../../protocol/opening-hours.ts'
import type { Project } from '../../../protocol/records.ts'
import type { WidgetSettings } from '../../../protocol/widget-settings.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { newId } from '../id.ts'
import { isStorable } from '../message/text.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'

const defaultVerifiedSessionSeconds = 12 * 3600

/** By its id, or by the id that it had in Tiledesk (WG1). */
export async function findProject(
  { database }: Pick<Model, 'database'>,
  idOrLegacyId: string,
): Promise<Project | undefined> {
  // It stands in addresses, where anybody writes what he likes; PostgreSQL looks for no NUL.
  if (!isStorable(idOrLegacyId)) return undefined
  const [row] = await database.sharedRows<Schema['projects']>('select * from projects where id = ? or legacy_id = ?', [
    idOrLegacyId,
    idOrLegacyId,
  ])
  return row && projectFromRow(row)
}

/** The same, or `not_found`. */
export async function requireProject(model: Pick<Model, 'database'>, idOrLegacyId: string): Promise<Project> {
  const project = await findProject(model, idOrLegacyId)
  if (!project) throw new Refused('not_found', { field: 'project' })
  return project
}

/** Makes a project with this agent as its owner, inside the caller's transaction. */
export async function insertProject(tx: Transaction, now: number, name: string, ownerId: string): Promise<Project> {
  const row: Schema['projects'] = {
    id: newId(),
    name: name.trim(),
    legacy_id: null,
    enforcement: 'off',
    allowed_origins: '[]',
    verified_session_seconds: defaultVerifiedSessionSeconds,
    anonymous_carry_over: 'ask',
    single_use_tokens: 0,
    widget: '{}',
    opening_hours: null,
    change_number: 0,
    webhook_events: 0,
    site_url: null,
    forgotten_number: 0,
    retention_days: null,
    created_at: now,
  }
  await tx.query.insertInto('projects').values(row).execute()
  await tx.query
    .insertInto('memberships')
    .values({ project_id: row.id, agent_id: ownerId, role: 'owner', created_at: now })
    .execute()
  return projectFromRow(row)
}

/** Makes a project with this agent as its owner. */
export async function createProject(
  model: Pick<Model, 'database' | 'now'>,
  name: string,
  ownerId: string,
): Promise<Project> {
  return model.database.transaction((tx) => insertProject(tx, model.now(), name, ownerId))
}

export function projectFromRow(row: Schema['projects']): Project {
  return {
    id: row.id,
    name: row.name,
    legacyId: row.legacy_id,
    enforcement: row.enforcement,
    allowedOrigins: JSON.parse(row.allowed_origins) as string[],
    verifiedSessionSeconds: row.verified_session_seconds,
    anonymousCarryOver: row.anonymous_carry_over,
    singleUseTokens: row.single_use_tokens === 1,
    widget: JSON.parse(row.widget) as WidgetSettings,
    openingHours: row.opening_hours === null ? null : (JSON.parse(row.opening_hours) as OpeningHours),
    siteUrl: row.site_url,
    retentionDays: row.retention_days,
    createdAt: row.created_at,
  }
}
