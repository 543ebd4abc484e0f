/**
 * What somebody did, as a sentence that follows his name: "revoked the secret sgn_…3f9a".
 *
 * `detail` comes as it was written down then, perhaps by an older server, so nothing in it is taken for granted; an
 * action that is new to this page is shown as it is.
 */
import type { AuditEntry } from '../../../../protocol/admin-records.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { longSpan } from '../../../parts/time.ts'

type Detail = AuditEntry['detail']

/** How ids that are written down go by today. */
export interface Names {
  key: (id: string) => string | undefined
  agent: (id: string) => string | undefined
  visitor: (id: string) => string | undefined
}

type Teller = (detail: Detail, names: Names) => string

const tellers: Record<string, Teller> = {
  secret_generated: (detail) => `generated the secret ${secretIn(detail)}${fateOf(detail.previous)}`,
  secret_revoked: (detail, names) => `revoked the secret ${keyIn(detail, names)}`,
  secret_retired: (detail, names) => `retired the secret ${keyIn(detail, names)}${graceIn(detail)}`,
  public_key_registered: (detail, names) => `added the public key ${keyIn(detail, names)}`,
  public_key_deleted: (detail, names) => `deleted the public key ${keyIn(detail, names)}`,
  api_key_generated: (detail) => `generated the API key ${apiKeyIn(detail)}`,
  api_key_revoked: (detail) => `revoked the API key ${apiKeyIn(detail)}`,
  project_changed: tellChange,
  member_invited: (detail) => `invited ${quoted(detail.email) ?? 'somebody'}${asRole(detail.role)}`,
  invitation_withdrawn: (detail) => `withdrew the invitation of ${quoted(detail.email) ?? 'somebody'}`,
  member_joined: (detail) => `joined${asRole(detail.role)}`,
  role_changed: (detail, names) => `made ${agentIn(detail, names)} ${roleIn(detail.after)}${wasRole(detail.before)}`,
  member_removed: (detail, names) => `removed ${agentIn(detail, names)}${wasRole(detail.before)}`,
  department_made: (detail) => `made the department ${quoted(detail.name) ?? 'that is gone'}`,
  department_changed: (detail) => `changed the department ${departmentIn(detail)}`,
  department_deleted: (detail) => `deleted the department ${quoted(detail.name) ?? 'that is gone'}`,
  visitor_banned: (detail, names) => `banned ${visitorIn(detail, names)}`,
  visitor_exported: (detail, names) => `exported the data of ${visitorIn(detail, names)}`,
  visitor_erased: () => 'erased a person',
  webhook_added: (detail) => `added the webhook ${webhookIn(detail)}`,
  webhook_changed: (detail) => `${webhookChange(detail)} the webhook ${webhookIn(detail)}`,
  webhook_removed: (detail) => `removed the webhook ${webhookIn(detail)}`,
  webhook_secret_rotated: (detail) => `rotated the secret of the webhook ${webhookIn(detail)}`,
  ban_lifted: (detail, names) => `lifted the ban of ${visitorIn(detail, names)}`,
}

/** Undefined for an action that this page does not know. */
export function tell({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>, names: Names): string | undefined {
  return Object.hasOwn(tellers, action) ? tellers[action]?.(detail, names) : undefined
}

const fieldWords: Record<string, string> = {
  name: 'the name',
  enforcement: 'enforcement',
  allowedOrigins: 'the allowed origins',
  legacyId: 'the legacy id',
  verifiedSessionSeconds: 'how long a session lasts',
  anonymousCarryOver: 'what becomes of anonymous conversations',
  singleUseTokens: 'how often a token signs in',
  widget: 'the widget',
  siteUrl: 'the page that mails lead back to',
  openingHours: 'the opening hours',
  retentionDays: 'how long conversations are kept',
}

function tellChange({ fields, enforcement, override, allowedOrigins }: Detail): string {
  const names = Array.isArray(fields) ? fields.map(String) : []
  const changes = names.map((field) => {
    if (field === 'enforcement' && text(enforcement)) {
      return `enforcement to “${text(enforcement)}”${override === true ? ', without a recent sign-in' : ''}`
    }
    if (field === 'allowedOrigins' && Array.isArray(allowedOrigins))
      return `the allowed origins to ${list(allowedOrigins)}`
    return fieldWords[field] ?? field
  })
  return changes.length === 0 ? 'saved the project' : `changed ${joined(changes)}`
}

function list(origins: unknown[]): string {
  return origins.length === 0 ? 'any' : joined(origins.map((origin) => quoted(origin) ?? 'something'))
}

function departmentIn({ before, after }: Detail): string {
  const [was, is] = [before, after].map((each) => quoted(isDetail(each) ? each.name : undefined))
  if (is === undefined) return 'that is gone'
  return was === undefined || was === is ? is : `${was}, now ${is}`
}

const isDetail = (value: unknown): value is Detail => typeof value === 'object' && value !== null

/** a, b and c */
function joined(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function secretIn({ last4 }: Detail): string {
  return text(last4) ? `sgn_…${text(last4)}` : 'of then'
}

function fateOf(previous: unknown): string {
  if (previous === 'revoke') return ', revoking any before it'
  return previous === 'retire' ? ', retiring any before it' : ''
}

function keyIn(detail: Detail, { key }: Names): string {
  const { id } = detail
  const name = keyNameIn(detail) ?? (typeof id === 'string' ? key(id) : undefined)
  return name ?? (typeof id === 'string' ? `with the id …${id.slice(-4)}` : 'of then')
}

/** What a key went by when it was made; later entries give its id alone. */
export function keyNameIn({ id, last4, algorithm, kid, url }: Detail): string | undefined {
  if (text(url)) return quoted(url)
  const tail = text(last4) ?? (typeof id === 'string' ? id.slice(-4) : '')
  if (text(algorithm)) return `${text(algorithm)} ${quoted(kid) ?? `…${tail}`}`
  return text(last4) && `sgn_…${text(last4)}`
}

function graceIn({ graceSeconds }: Detail): string {
  return typeof graceSeconds === 'number' ? ` with a grace of ${longSpan(graceSeconds * 1_000)}` : ''
}

function apiKeyIn({ name, last4 }: Detail): string {
  return [quoted(name), text(last4) && `(…${text(last4)})`].filter((word) => word !== undefined).join(' ')
}

/** Whose entry it is, if no agent's. */
export function apiKeyName({ apiKeyId, apiKeyName: name }: Detail): string | undefined {
  return text(apiKeyId) && `The API key ${quoted(name) ?? 'that is gone'}`
}

function webhookIn({ url }: Detail): string {
  return quoted(url) ?? 'of then'
}

function webhookChange({ enabled }: Detail): string {
  if (enabled === true) return 'switched on'
  return enabled === false ? 'switched off' : 'changed'
}

function agentIn({ agentId }: Detail, { agent }: Names): string {
  return isolated((typeof agentId === 'string' && agent(agentId)) || 'a former member')
}

function visitorIn(detail: Detail, { visitor }: Names): string {
  const { visitorId, name } = detail
  if (text(name)) return quoted(name) ?? ''
  if (typeof visitorId !== 'string') return 'a visitor'
  if (visitorId === 'erased') return 'somebody who has been erased since'
  return isolated(visitor(visitorId) ?? `the visitor ${visitorId.slice(-4)}`)
}

function roleIn(role: unknown): string {
  return role === 'agent' || role === 'admin' || role === 'owner' ? `an ${role}` : 'something else'
}

function asRole(role: unknown): string {
  return text(role) ? ` as ${roleIn(role)}` : ''
}

function wasRole(role: unknown): string {
  return text(role) ? `, who was ${roleIn(role)}` : ''
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** What came from outside, made fit to stand in a sentence (AG3). */
function quoted(value: unknown): string | undefined {
  const clean = typeof value === 'string' ? cleanName(value) : null
  return clean === null ? undefined : isolated(clean)
}

/** As `bdi` does, inside a text: whichever way it is written, the words around it stay where they are. */
function isolated(words: string): string {
  return `\u2068${words}\u2069`
}
