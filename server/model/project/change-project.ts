/** A project's settings change: what is refused, what follows from it, and what is written down (SS9, VS10, VS11). */
import { isDeepStrictEqual } from 'node:util'
import type { Project } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { recordAudit } from '../audit.ts'
import type { Member } from '../caller.ts'
import { requireEtag, withEtag } from '../etag.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvent } from '../security.ts'
import { requireRecentSignIn } from '../sign-in/enforcement.ts'
import { endAnonymousSessions } from '../visitor/sign-out.ts'
import { requireHours } from './opening-hours.ts'
import { normalizeOrigins } from './origin.ts'
import { requireFewTexts } from './own-texts.ts'
import { requireForm } from './pre-chat-form.ts'
import { projectFromRow, requireProject } from './project.ts'

export type ProjectChanges = Partial<Omit<Project, 'id' | 'createdAt' | 'etag'>> & {
  /** Require signing in even if nobody has managed it lately (VS10). */
  override?: boolean
}

/**
 * What is left out stays. `meant` is the ETag that he has before his eyes: `changed_meanwhile` if it is old. Requiring a
 * sign-in ends the anonymous sessions, and is refused where nobody has managed one lately (VS10).
 */
export async function changeProject(
  model: Pick<Model, 'database' | 'bus' | 'now'>,
  member: Member,
  changes: ProjectChanges,
  address: string,
  meant?: string,
): Promise<Project> {
  await model.database.transaction(async (tx) => {
    await requireFreeLegacyId(tx, member.projectId, changes.legacyId)
    if (meant !== undefined) await requireUnchanged(tx, member.projectId, meant)
    const columns = columnsFrom(changes)
    if (changes.enforcement === 'required') await requireSwitchable(tx, model, member.projectId, changes)
    if (Object.keys(columns).length === 0) return
    const before = await projectIn(tx, member.projectId)
    await tx.query.updateTable('projects').set(columns).where('id', '=', member.projectId).execute()
    const detail = difference(before, await projectIn(tx, member.projectId), changes.override)
    if (detail.fields.length === 0) return
    if (changes.enforcement === 'required') await endAnonymousSessions(tx, model, member.projectId)
    await recordAudit(tx, model, { member, action: 'project_changed', detail, address })
    await recordSecurityEvent(tx, model, {
      kind: 'project_changed',
      projectId: member.projectId,
      subjectId: member.projectId,
    })
  })
  return requireProject(model, member.projectId)
}

/** Held from here on: of two who change what both have read, one is first. */
async function requireUnchanged(tx: Transaction, projectId: string, meant: string): Promise<void> {
  await tx.rows('update projects set change_number = change_number where id = ?', [projectId])
  requireEtag(meant, withEtag(await projectIn(tx, projectId)).etag)
}

async function projectIn(tx: Transaction, projectId: string): Promise<Project> {
  const rows = tx.query.selectFrom('projects').selectAll().where('id', '=', projectId)
  return projectFromRow(await rows.executeTakeFirstOrThrow())
}

/** What is another than before: which settings, as they are now and as they were (SS9). */
function difference(before: Project, after: Project, override: boolean | undefined) {
  const was = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(after).filter(([field, value]) => !isDeepStrictEqual(value, was.get(field)))
  const fields = changed.map(([field]) => field)
  return {
    fields,
    ...Object.fromEntries(changed),
    before: Object.fromEntries(fields.map((field) => [field, was.get(field)])),
    ...(override && fields.includes('enforcement') && { override }),
  }
}

/** Switching it on is guarded; saving once more what is on is not. */
async function requireSwitchable(
  tx: Transaction,
  model: Pick<Model, 'now'>,
  projectId: string,
  { override }: ProjectChanges,
): Promise<void> {
  const [row] = await tx.rows<{ enforcement: string }>('select enforcement from projects where id = ?', [projectId])
  if (override || row?.enforcement === 'required') return
  await requireRecentSignIn(tx, model, projectId)
}

async function requireFreeLegacyId(
  tx: Transaction,
  projectId: string,
  legacyId: string | null | undefined,
): Promise<void> {
  if (!legacyId) return
  await tx.alone('legacy ids')
  const other = await tx.query
    .selectFrom('projects')
    .select('id')
    .where((where) => where.or([where('legacy_id', '=', legacyId), where('id', '=', legacyId)]))
    .where('id', '!=', projectId)
    .executeTakeFirst()
  if (other) throw new Refused('legacy_id_taken', { field: 'legacyId' })
}

function columnsFrom(changes: ProjectChanges): Partial<Schema['projects']> {
  const columns: Partial<Schema['projects']> = {}
  if (changes.name !== undefined) columns.name = changes.name.trim()
  if (changes.legacyId !== undefined) columns.legacy_id = changes.legacyId
  if (changes.enforcement !== undefined) columns.enforcement = changes.enforcement
  if (changes.allowedOrigins !== undefined) {
    columns.allowed_origins = JSON.stringify(normalizeOrigins(changes.allowedOrigins))
  }
  if (changes.verifiedSessionSeconds !== undefined) columns.verified_session_seconds = changes.verifiedSessionSeconds
  if (changes.anonymousCarryOver !== undefined) columns.anonymous_carry_over = changes.anonymousCarryOver
  if (changes.singleUseTokens !== undefined) columns.single_use_tokens = changes.singleUseTokens ? 1 : 0
  if (changes.widget !== undefined) columns.widget = JSON.stringify(requireFewTexts(requireForm(changes.widget)))
  if (changes.openingHours !== undefined) {
    columns.opening_hours = changes.openingHours && JSON.stringify(requireHours(changes.openingHours))
  }
  if (changes.siteUrl !== undefined) columns.site_url = changes.siteUrl && readSiteUrl(changes.siteUrl)
  if (changes.retentionDays !== undefined) columns.retention_days = changes.retentionDays
  return columns
}

function readSiteUrl(text: string): string {
  if (!URL.canParse(text)) throw new Refused('invalid_request', { field: 'siteUrl' })
  return new URL(text).href
}
