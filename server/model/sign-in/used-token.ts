/** Tokens that are good once, for projects that ask for it (VT13). */
import { createHash } from 'node:crypto'
import { TokenRefused } from '../../../identity/errors.ts'
import type { VisitorIdentity } from '../../../identity/visitor-token.ts'
import type { Transaction } from '../../db/database.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'

/**
 * Inside the sign-in, so that a token is used up exactly when it has let somebody in; those of them that are good. Of
 * two nodes that are offered the same one, the second waits for the first's row.
 */
export async function spendTokens(
  tx: Transaction,
  projectId: string,
  tokens: readonly Pick<VisitorIdentity, 'tokenId' | 'expiresAt'>[],
): Promise<Set<string>> {
  const byHash = new Map<string, { tokenId: string; expiresAt: number }>()
  for (const { tokenId, expiresAt } of tokens) {
    if (tokenId !== null) byHash.set(hashOf(tokenId), { tokenId, expiresAt })
  }
  const rows = await forEach<{ jti_hash: string }>(
    tx,
    insert,
    // Two nodes that insert the same rows in two orders would wait for each other.
    [...byHash]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([hash, { expiresAt }]) => [projectId, hash, expiresAt]),
  )
  return new Set(rows.flatMap((row) => byHash.get(row.jti_hash)?.tokenId ?? []))
}

const unlessThere = 'on conflict (project_id, jti_hash) do nothing returning jti_hash'
const insert: ForEach = {
  sqlite: `insert into used_tokens (project_id, jti_hash, expires_at) values (?, ?, ?) ${unlessThere}`,
  postgres: `insert into used_tokens (project_id, jti_hash, expires_at)
     select * from unnest(?::text[], ?::text[], ?::bigint[]) ${unlessThere}`,
}

/** For who only wants to know: is it the first time? */
export async function refuseSpentToken(
  { database }: Pick<Model, 'database'>,
  projectId: string,
  { tokenId }: Pick<VisitorIdentity, 'tokenId'>,
): Promise<void> {
  if (tokenId === null) throw new TokenRefused('claim_missing', { field: 'jti' })
  const rows = await database.rows('select expires_at from used_tokens where project_id = ? and jti_hash = ?', [
    projectId,
    hashOf(tokenId),
  ])
  if (rows.length > 0) throw new TokenRefused('token_replayed', { field: 'jti' })
}

/** A jti may say who somebody is: what stands in the database does not. */
const hashOf = (tokenId: string): string => createHash('sha256').update(tokenId).digest('base64url')

const batch = 500

/** Forgets tokens that would be refused for their age anyway, a few at a time. */
export async function pruneUsedTokens({ database, now }: Pick<Model, 'database' | 'now'>): Promise<void> {
  for (let pruned = batch; pruned === batch; ) {
    const rows = await database.transaction((tx) =>
      tx.rows(
        `delete from used_tokens where (project_id, jti_hash) in (
           select project_id, jti_hash from used_tokens where expires_at <= ? order by expires_at limit ?
         ) returning expires_at`,
        [now(), batch],
      ),
    )
    pruned = rows.length
  }
}
