import type { Model } from './model.ts'

/** The latest visitor whom a signed token admitted: what the first steps wait for (AG1). */
export async function lastSignIn(
  { database }: Pick<Model, 'database'>,
  projectId: string,
): Promise<{ at: number; name: string | null } | null> {
  const row = await database.read
    .selectFrom('visitors')
    .select(['verified_at', 'name'])
    .where('project_id', '=', projectId)
    .where('verified_at', 'is not', null)
    .orderBy('verified_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && row.verified_at !== null ? { at: row.verified_at, name: row.name } : null
}
