/** After 30 days it is not kept any more from which connection somebody came: only from about where. */
import type { Transaction } from '../../db/database.ts'
import { type ForEach, forEach } from '../for-each.ts'
import type { Model } from '../model.ts'

const keptMs = 30 * 86_400_000

/** One of the chores of housekeeping. */
export async function shortenAddresses(
  { database, now }: Pick<Model, 'database' | 'now'>,
  most: number,
): Promise<boolean> {
  const before = now() - keptMs
  const inLog = await database.transaction((tx) => shortenIn(tx, 'audit_log', before, { most, at: now() }))
  const ofSessions = await database.transaction((tx) => shortenIn(tx, 'visitor_sessions', before, { most, at: now() }))
  return Math.max(inLog, ofSessions) === most
}

/** The first 24 bits of an IPv4 address, the first 48 of an IPv6 one. */
export function shortAddress(address: string): string {
  const [, v4] = address.match(/^(?:::ffff:)?([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})\.[0-9]{1,3}$/i) ?? []
  if (v4) return `${v4}.0/24`
  if (!address.includes(':')) return ''
  const [head = '', tail] = address.replace(/\/64$/, '').split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  return `${groups.slice(0, 3).join(':')}::/48`
}

async function shortenIn(
  tx: Transaction,
  table: 'audit_log' | 'visitor_sessions',
  before: number,
  { most, at }: { most: number; at: number },
): Promise<number> {
  const rows = await tx.rows<{ id: string; address: string }>(
    `select id, address from ${table}
     where shortened_at is null and address is not null and created_at <= ? order by created_at limit ?`,
    [before, most],
  )
  await forEach(
    tx,
    shorten[table],
    rows.map(({ id, address }) => [id, shortAddress(address), at]),
  )
  return rows.length
}

const shortenRow = (table: string): ForEach => ({
  sqlite: `update ${table} set address = ?2, shortened_at = ?3 where id = ?1`,
  postgres: `update ${table} t set address = g.address, shortened_at = g.at
     from unnest(?::text[], ?::text[], ?::bigint[]) as g (id, address, at) where t.id = g.id`,
})

const shorten = { audit_log: shortenRow('audit_log'), visitor_sessions: shortenRow('visitor_sessions') }
