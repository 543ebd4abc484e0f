/** Lists that are read in pages, the latest first: where a page ends, and the next begins. */
import { type RawBuilder, sql } from 'kysely'
import { Refused } from './refused.ts'

export interface PageQuery {
  page?: string | undefined
  limit: number
}

/** What lies behind the page before, in `created_at` and `id`: ids alone are not in order within a millisecond. */
export function afterPage(page: string | undefined): RawBuilder<boolean> {
  if (page === undefined) return sql<boolean>`1 = 1`
  const [, at, id] = page.match(/^([0-9]{1,15})\.([0-9a-f-]{36})$/) ?? []
  if (!at || !id) throw new Refused('invalid_request', { field: 'page' })
  return sql<boolean>`(created_at, id) < (${Number(at)}, ${id})`
}

/** The rows of one page, of which one more was read to see whether another follows. */
export function cutPage<Row extends { created_at: number; id: string }>(
  rows: readonly Row[],
  limit: number,
): { shown: Row[]; nextPage: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextPage: last && rows.length > limit ? `${last.created_at}.${last.id}` : null }
}
