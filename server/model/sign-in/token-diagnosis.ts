/**
 * Why was this token refused? Beyond the rule that failed: is it the right secret spoilt on its way, one that was
 * revoked, one of another project (VT18)? Only those who administer the project are told, and of other projects only
 * those that the one who asks administers, too.
 */
import { createPublicKey } from 'node:crypto'
import { isMeantFor } from '../../../identity/audience.ts'
import type { TokenRefused } from '../../../identity/errors.ts'
import type { PublicKey } from '../../../identity/public-key.ts'
import { hintFor } from '../../../identity/refusal-hint.ts'
import { findSuspect, noSecrets, publicKeyForms, type Suspect, spoiltForms } from '../../../identity/spoilt-secret.ts'
import { readTokenParts, type TokenParts } from '../../../identity/token-parts.ts'
import type { Project } from '../../../protocol/records.ts'
import { mayDo } from '../access.ts'
import { listMemberships } from '../agent/membership.ts'
import { isStorable } from '../message/text.ts'
import type { Model } from '../model.ts'

type Asking = Pick<Model, 'database' | 'keys' | 'now'>

interface Case {
  project: Project
  parts: TokenParts
  refused: TokenRefused
  /** The other projects that the one who asks administers; none, when it is the log that asks. */
  others: Project[]
}

const maxOtherProjects = 20
/** As many as are candidates; each in some fifteen forms. */
const maxOwnSecrets = 15

export async function diagnose(
  model: Asking,
  project: Project,
  token: string,
  refused: TokenRefused,
  agentId?: string,
): Promise<string | undefined> {
  const parts = partsOf(token)
  const others = agentId === undefined ? [] : await otherProjects(model, agentId, project.id)
  const found = parts && (await lookCloser(model, { project, parts, refused, others }))
  return found ?? hintFor(refused, { project, now: model.now(), token })
}

function lookCloser(model: Asking, about: Case): Promise<string | undefined> | string | undefined {
  switch (about.refused.code) {
    case 'signature_invalid':
      return about.parts.header.get('alg') === 'HS256' ? findWrongSecret(model, about) : undefined
    case 'key_unknown':
      return findUnknownKey(model, about)
    case 'secret_revoked':
      return describeDeadKey(model, about)
    case 'audience_mismatch':
      return describeAudience(about)
    default:
      return undefined
  }
}

async function findWrongSecret(model: Asking, { project, parts, others }: Case): Promise<string | undefined> {
  const own = (await model.keys.secrets([project.id], model.now())).slice(0, maxOwnSecrets)
  const pems = await publicPems(model, project.id)
  const foreign = await model.keys.secrets(
    others.map(({ id }) => id),
    model.now(),
  )
  const suspects: Suspect[] = [
    ...own.flatMap(({ text }) => spoiltForms(text)),
    ...pems.flatMap(publicKeyForms),
    ...noSecrets,
    ...own.map(({ id }) => ({ secret: id, hint: idHint })),
    { secret: project.id, hint: idHint },
    ...foreign.map(({ projectId, text }) => ({ secret: text, hint: foreignHint(others, projectId) })),
  ]
  return findSuspect(parts.compact, suspects)
}

const idHint = 'The token is signed with an id instead of the secret. The secret begins with sgn_.'

function foreignHint(others: Project[], projectId: string): string {
  const name = others.find(({ id }) => id === projectId)?.name
  return `The token is signed with a secret of your project "${name}". Each project has secrets of its own.`
}

async function publicPems({ database }: Asking, projectId: string): Promise<string[]> {
  const rows = await database.rows<{ keys: string }>(
    `select p.keys from public_keys p join signing_keys k on k.id = p.id
     where k.project_id = ? and k.revoked_at is null and p.url is null`,
    [projectId],
  )
  const keys = rows.flatMap((row): PublicKey[] => JSON.parse(row.keys))
  return keys.map(({ jwk }) =>
    createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString(),
  )
}

async function findUnknownKey({ database }: Asking, { project, parts, others }: Case): Promise<string | undefined> {
  const kid = parts.header.get('kid')
  if (typeof kid !== 'string' || !isStorable(kid))
    return 'The kid in the header is not text. Leave it out, or put the id of a key there.'
  const rows = await database.rows<{ project_id: string; url: string | null; failure: string | null }>(
    `select k.project_id, p.url, p.failure from signing_keys k left join public_keys p on p.id = k.id
     where k.id = ? or (k.project_id = ? and p.url is not null and k.revoked_at is null)`,
    [kid.slice(0, 100), project.id],
  )
  const other = others.find(({ id }) => rows.some((row) => row.project_id === id))
  if (other) return `The kid in the header is of a key of your project "${other.name}".`
  // Of projects that are none of his, nothing may be told: neither that there is such a key nor how it fares.
  const own = rows.filter((row) => row.project_id === project.id)
  const failing = own.find(({ failure }) => failure !== null)
  if (failing) return `The kid is of no key here, and the set could not be fetched anew. ${failing.failure}`
  if (own.some(({ url }) => url !== null)) return 'The set at the JWKS address has no key with this kid for this alg.'
  return undefined
}

async function describeDeadKey({ database, now }: Asking, { refused }: Case): Promise<string | undefined> {
  const [key] = await database.rows<{ algorithm: string; last4: string; at: number }>(
    'select algorithm, last4, coalesce(revoked_at, retires_at) as at from signing_keys where id = ?',
    [refused.keyId ?? ''],
  )
  if (!key) return undefined
  const ago = daysAgo(now() - key.at)
  if (key.algorithm !== 'HS256') return `The public key was deleted ${ago}. Register the one that belongs to your key.`
  return `The secret ending in ${key.last4} died ${ago}. Put the current one where this one is still used.`
}

function daysAgo(ms: number): string {
  const days = Math.floor(ms / 86_400_000)
  if (days < 1) return 'less than a day ago'
  return days === 1 ? 'a day ago' : `${days} days ago`
}

function describeAudience({ parts, others, project }: Case): string | undefined {
  const other = others.find((each) => isMeantFor(parts.claims, each))
  return other && `The token is for your project "${other.name}"; for this one, aud must be ${project.id}.`
}

async function otherProjects(model: Asking, agentId: string, projectId: string): Promise<Project[]> {
  const memberships = await listMemberships(model, agentId)
  const administered = memberships.filter(({ role }) => mayDo(role, 'explainSignIns'))
  // Whoever has such a role is given the whole project.
  const projects = administered.flatMap(({ project }) => ('allowedOrigins' in project ? [project] : []))
  return projects.filter(({ id }) => id !== projectId).slice(-maxOtherProjects)
}

function partsOf(token: string): TokenParts | undefined {
  try {
    return readTokenParts(token)
  } catch {
    return undefined
  }
}
