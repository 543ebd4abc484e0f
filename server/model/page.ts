/** Lists that are read in pages, in the order of time: where a page ends, and the next begins. */
import { type RawBuilder, sql } from 'kysely'
import { Refused } from './refused.ts'

export interface PageQuery {
  page?: string | undefined
  limit: number
}

/** By which columns a list is ordered, and which end comes first. */
export interface Order {
  at: string
  id: string
  first: 'latest' | 'oldest'
}

const latestFirst: Order = { at: 'created_at', id: 'id', first: 'latest' }

/** What lies behind the page before, in `created_at` and `id`: ids alone are not in order within a millisecond. */
export function afterPage(
  page: string | undefined,
  { at: atColumn, id: idColumn, first }: Order = latestFirst,
): RawBuilder<boolean> {
  if (page === undefined) return sql<boolean>`1 = 1`
  const [, at, id] = page.match(/^([0-9]{1,15})\.([0-9a-f-]{36})$/) ?? []
  if (!at || !id) throw new Refused('invalid_request', { field: 'page' })
  const place = sql`(${sql.ref(atColumn)}, ${sql.ref(idColumn)})`
  return sql<boolean>`${place} ${sql.raw(first === 'latest' ? '<' : '>')} (${Number(at)}, ${id})`
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
