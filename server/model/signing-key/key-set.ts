/**
 * Sets of keys that are fetched (SS8). They are fetched when somebody wants to come in, never by a clock: a project
 * that nobody visits costs its site nothing. From five minutes on they are fetched again while the old ones still
 * verify; after ten nobody verifies before it was tried. If that fails, the last good set goes on for a day
 * (key-store.ts), since the site's server may be down for a moment.
 *
 * Of several nodes the one goes that sets `tried_at`; the others hear of a change as of every change of keys.
 */
import { isDeepStrictEqual } from 'node:util'
import type { PublicKey } from '../../../identity/public-key.ts'
import { KeySetUnreachable } from '../../keys/fetch-key-set.ts'
import type { FetchedSet } from '../../keys/read-keys.ts'
import type { Model } from '../model.ts'
import { recordSecurityEvent } from '../security.ts'

const soonMs = 5 * 60_000
const dueMs = 10 * 60_000
const unknownKidMs = 60_000

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'now'>

/** Fetches what is due; waits only for what must not be relied on any more. True if it may be another set now. */
export async function refreshSets(model: Acting, projectId: string, sets: readonly FetchedSet[]): Promise<boolean> {
  const now = model.now()
  const due = sets.filter((set) => isOlder(set, dueMs, now))
  const soon = sets.filter((set) => isOlder(set, soonMs, now) && !due.includes(set))
  for (const set of soon) void refresh(model, projectId, set, soonMs).catch(() => {})
  await Promise.all(due.map((set) => refresh(model, projectId, set, dueMs)))
  return due.length > 0
}

/** A token names a key that is in no set: it may be a new one. True if there may be one now. */
export async function refreshForUnknownKid(
  model: Acting,
  projectId: string,
  sets: readonly FetchedSet[],
): Promise<boolean> {
  const due = sets.filter((set) => model.keys.isFetching(set.id) || isOlder(set, unknownKidMs, model.now()))
  await Promise.all(due.map((set) => refresh(model, projectId, set, unknownKidMs)))
  return due.length > 0
}

/** Tried later than now: the clock was set back, and says nothing of how long ago that was. */
const isOlder = ({ triedAt }: FetchedSet, ageMs: number, now: number): boolean =>
  triedAt <= now - ageMs || triedAt > now

function refresh(model: Acting, projectId: string, set: FetchedSet, ageMs: number): Promise<void> {
  return model.keys.fetchingOnce(set.id, async () => {
    try {
      if (await claim(model, set, ageMs)) await store(model, projectId, set, await fetchOrFail(model, set))
    } finally {
      model.keys.forget(projectId)
    }
  })
}

async function claim({ database, now }: Acting, { id }: FetchedSet, ageMs: number): Promise<boolean> {
  const at = now()
  const claimed = await database.transaction((tx) =>
    tx.rows('update public_keys set tried_at = ? where id = ? and (tried_at <= ? or tried_at > ?) returning id', [
      at,
      id,
      at - ageMs,
      at,
    ]),
  )
  return claimed.length > 0
}

type Fetched = { keys: PublicKey[] } | { failure: string }

async function fetchOrFail({ keys }: Acting, { url }: FetchedSet): Promise<Fetched> {
  try {
    return { keys: await keys.fetchKeySet(url) }
  } catch (error) {
    if (error instanceof KeySetUnreachable) return { failure: error.message }
    throw error
  }
}

async function store(model: Acting, projectId: string, { id }: FetchedSet, fetched: Fetched): Promise<void> {
  await model.database.transaction(async (tx) => {
    if ('failure' in fetched) {
      await tx.rows('update public_keys set failure = ? where id = ?', [fetched.failure, id])
      return
    }
    const [before] = await tx.rows<{ keys: string }>('select keys from public_keys where id = ?', [id])
    const keys = JSON.stringify(fetched.keys)
    await tx.rows('update public_keys set keys = ?, fetched_at = ?, failure = null where id = ?', [
      keys,
      model.now(),
      id,
    ])
    if (before && isDeepStrictEqual(JSON.parse(before.keys), JSON.parse(keys))) return
    await recordSecurityEvent(tx, model, { kind: 'keys_changed', projectId, subjectId: id })
  })
}
