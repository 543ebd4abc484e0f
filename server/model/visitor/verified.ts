/** Visitors by the external id that their site has signed: found, made, and kept as their newest token says (VS3, VS4). */
import type { VisitorIdentity } from '../../../identity/visitor-token.ts'
import type { Transaction } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { emailKey } from '../agent/agent.ts'
import { type ForEach, forEach } from '../for-each.ts'
import { newId } from '../id.ts'

export type KnownVisitor = Schema['visitors']

/** What a token has proved of somebody, and for how long his session makes him count as verified. */
export interface Proof {
  identity: VisitorIdentity
  keyId: string
  verifiedAt: number
  until: number
}

/** By external id, as they are now; nobody else changes them until this turn is over. */
export async function findVisitors(
  tx: Transaction,
  projectId: string,
  externalIds: readonly string[],
): Promise<Map<string, KnownVisitor>> {
  const rows = await forEach<KnownVisitor & { external_id: string }>(
    tx,
    select,
    externalIds.map((id) => [projectId, id]),
  )
  return new Map(rows.map((row) => [row.external_id, row]))
}

/** The new ones' ids by external id; left out is who has come in on another node meanwhile. */
export async function insertVisitors(
  tx: Transaction,
  projectId: string,
  proofs: readonly Proof[],
): Promise<Map<string, string>> {
  const rows = await forEach<{ id: string; external_id: string }>(
    tx,
    insert,
    inOrder(proofs, ({ identity }) => identity.externalId).map((proof) => [
      ...[newId(), projectId, proof.identity.externalId],
      ...profileOf(proof.identity),
      ...verificationOf(proof),
      proof.verifiedAt,
    ]),
  )
  return new Map(rows.map((row) => [row.external_id, row.id]))
}

/** The profile follows the newest token (VS4). */
export async function updateVisitors(
  tx: Transaction,
  visitors: readonly { known: KnownVisitor; proof: Proof }[],
): Promise<void> {
  const rows = visitors.map(({ known, proof }) => [
    known.id,
    ...(isNewer(known, proof.identity) ? profileOf(proof.identity) : oldProfile(known)),
    ...verificationOf(proof),
  ])
  await forEach(tx, update, rows)
}

/** Is there a profile to follow, and does agents' view of him change with it? */
export function changesProfile(known: KnownVisitor, identity: VisitorIdentity): boolean {
  const { name, email, phone } = identity
  const same = known.name === name && known.email === email && known.phone === phone
  return isNewer(known, identity) && !(same && known.attributes === JSON.stringify(identity.attributes))
}

export function isNewer(known: KnownVisitor, identity: VisitorIdentity): boolean {
  return identity.issuedAt >= (known.profile_issued_at ?? 0)
}

const profileOf = ({ name, email, phone, attributes, issuedAt }: VisitorIdentity) => [
  ...[name, email, email === null ? null : emailKey(email)],
  ...[phone, JSON.stringify(attributes), issuedAt],
]

const oldProfile = (known: KnownVisitor) => [
  ...[known.name, known.email, known.email_key],
  ...[known.phone, known.attributes, known.profile_issued_at],
]

const verificationOf = ({ keyId, verifiedAt, until }: Proof) => [keyId, verifiedAt, until, verifiedAt]

/** Two nodes that insert the same rows in two orders would wait for each other. */
const inOrder = <T>(all: readonly T[], by: (one: T) => string): T[] =>
  all.toSorted((one, other) => (by(one) < by(other) ? -1 : 1))

const select: ForEach = {
  sqlite: 'select * from visitors where project_id = ? and external_id = ?',
  // In the order of ids, so that two batches don't wait for each other. A message refers to the row and goes on.
  postgres: `select v.* from unnest(?::text[], ?::text[]) as g (project_id, external_id)
     join visitors v on v.project_id = g.project_id and v.external_id = g.external_id
     order by v.id for no key update of v`,
}

const columns = `id, project_id, external_id, name, email, email_key, phone, attributes, profile_issued_at,
  verified_key_id, verified_at, verified_until, last_seen_at, created_at`
const unlessThere = 'on conflict (project_id, external_id) do nothing returning id, external_id'
const insert: ForEach = {
  sqlite: `insert into visitors (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ${unlessThere}`,
  postgres: `insert into visitors (${columns}) select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
     ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
     ${unlessThere}`,
}

const update: ForEach = {
  sqlite: `update visitors set name = ?2, email = ?3, email_key = ?4, phone = ?5, attributes = ?6, profile_issued_at = ?7,
     verified_key_id = ?8, verified_at = ?9, verified_until = ?10, last_seen_at = ?11 where id = ?1`,
  postgres: `update visitors v set name = g.name, email = g.email, email_key = g.email_key, phone = g.phone,
     attributes = g.attributes, profile_issued_at = g.profile_issued_at, verified_key_id = g.verified_key_id,
     verified_at = g.verified_at, verified_until = g.verified_until, last_seen_at = g.last_seen_at
     from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
       ?::bigint[], ?::bigint[]) as g (id, name, email, email_key, phone, attributes, profile_issued_at,
       verified_key_id, verified_at, verified_until, last_seen_at)
     where v.id = g.id`,
}
