/** What a key is used for now, and was lately (SS7): counted in indexes and never listed. */
import type { SharedSecret } from '../../../protocol/records.ts'
import type { Model } from '../model.ts'
import type { Presence } from '../presence.ts'

export type KeyUse = Pick<SharedSecret, 'lastUsedAt' | 'sessions' | 'connected' | 'signInsLastDay' | 'signInsLastWeek'>

const dayMs = 86_400_000

/** What presence counts the connections of a session under, so that those of a key are found among all. */
export const sessionPresenceKey = (keyId: string, sessionId: string): string => `${keyId}/${sessionId}`

/** The rows, each with the use of its key. */
export async function withUse<Row extends { id: string }>(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  rows: readonly Row[],
): Promise<(Row & KeyUse)[]> {
  const connected = connectedByKey(model.presence, new Set(rows.map((row) => row.id)))
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      ...(await countKey(model, row.id)),
      connected: connected.get(row.id) ?? 0,
    })),
  )
}

/** Each is one range of an index that holds all that is asked. */
export const countsOfKey = {
  lastUsed: 'select max(verified_at) as last from visitor_sessions where key_id = ?',
  signIns: `select count(*) as week, count(case when verified_at > ? then 1 end) as day
     from visitor_sessions where key_id = ? and verified_at > ?`,
  open: 'select count(*) as open from visitor_sessions where key_id = ? and ended_at is null and expires_at > ?',
}

async function countKey(
  { database, now }: Pick<Model, 'database' | 'now'>,
  keyId: string,
): Promise<Omit<KeyUse, 'connected'>> {
  const at = now()
  const [used] = await database.rows<{ last: number | null }>(countsOfKey.lastUsed, [keyId])
  const [signIns] = await database.rows<{ day: number; week: number }>(countsOfKey.signIns, [
    at - dayMs,
    keyId,
    at - 7 * dayMs,
  ])
  const [sessions] = await database.rows<{ open: number }>(countsOfKey.open, [keyId, at])
  return {
    lastUsedAt: used?.last ?? null,
    signInsLastDay: signIns?.day ?? 0,
    signInsLastWeek: signIns?.week ?? 0,
    sessions: sessions?.open ?? 0,
  }
}

function connectedByKey(presence: Presence, keyIds: ReadonlySet<string>): Map<string, number> {
  const connected = new Map<string, number>()
  for (const id of presence.everywhere()) {
    const keyId = id.slice(0, id.indexOf('/'))
    if (keyIds.has(keyId)) connected.set(keyId, (connected.get(keyId) ?? 0) + 1)
  }
  return connected
}
