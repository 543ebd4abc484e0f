import type { PublicKey } from '../../../../../protocol/admin-records.ts'
import { ago, plural } from '../../../../parts/time.ts'

type Jwks = NonNullable<PublicKey['jwks']>

export interface JwksState {
  tone: 'good' | 'warn'
  /** On the chip. */
  word: string
  sentence: string
}

/** How a set of keys is doing that is fetched from an address (SS8). */
export function jwksState({ fetchedAt, keys, failure }: Jwks, now: number): JwksState {
  if (failure !== null) {
    const last =
      fetchedAt === null
        ? 'It has never been fetched well.'
        : `Last fetched well ${ago(fetchedAt, now)}, with ${plural(keys, 'key')}.`
    return { tone: 'warn', word: 'Not reachable', sentence: `${failure} ${last}` }
  }
  if (fetchedAt === null) return { tone: 'warn', word: 'Waiting', sentence: 'Not fetched yet.' }
  const sentence = `Fetched ${ago(fetchedAt, now)}`
  if (keys === 0)
    return { tone: 'warn', word: 'No usable key', sentence: `${sentence}, without a key that can be used.` }
  return { tone: 'good', word: plural(keys, 'key'), sentence: `${sentence}.` }
}
