import { expect, test } from 'vitest'
import type { SharedSecret } from '../../protocol/records.ts'
import { arrivals } from '../pages/settings/visitor-authentication/enforcement-query.ts'
import { jwksState } from '../pages/settings/visitor-authentication/public-keys/jwks-state.ts'
import {
  isOver,
  isSafeToRevoke,
  secretState,
} from '../pages/settings/visitor-authentication/shared-secrets/secret-state.ts'
import { remaining } from '../parts/time.ts'
import { id, now } from './records.ts'

const hour = 3_600_000

function secret(overrides: Partial<SharedSecret>): SharedSecret {
  return {
    id: id(90),
    last4: '3f9a',
    state: 'retiring',
    createdBy: null,
    createdAt: now - 900 * hour,
    retiresAt: now + 40 * hour,
    revokedAt: null,
    lastUsedAt: null,
    sessions: 0,
    connected: 0,
    signInsLastDay: 0,
    signInsLastWeek: 0,
    ...overrides,
  }
}

test('[SS7] a retiring secret counts down, and says when its grace is over', () => {
  expect(secretState(secret({}), now)).toMatchObject({ tone: 'warn', word: 'Retiring, 1 day 16 hours left' })
  expect(secretState(secret({}), now + 41 * hour)).toMatchObject({ word: 'Retired' })
})

test('[SS7] a retiring secret that nobody signed in with for a day is safe to revoke, an active one never', () => {
  expect(isSafeToRevoke(secret({}))).toBe(true)
  expect(isSafeToRevoke(secret({ signInsLastDay: 1 }))).toBe(false)
  expect(isSafeToRevoke(secret({ state: 'active', retiresAt: null }))).toBe(false)
  expect(isSafeToRevoke(secret({ state: 'revoked' }))).toBe(false)
})

test.each([
  [30_000, 'less than a minute'],
  [40 * 60_000, '40 minutes'],
  [hour, '1 hour'],
  [3 * hour + 5 * 60_000, '3 hours 5 minutes'],
  [24 * hour + 59 * 60_000, '1 day'],
  [40 * hour, '1 day 16 hours'],
])('%i ms are left as: %s', (ms, words) => {
  expect(remaining(ms)).toBe(words)
})

test('[SS8] a set of keys says when it was fetched, how many it has, and why it could not be', () => {
  const url = 'https://shop.example/jwks'
  const fetchedAt = now - 3 * 60_000
  expect(jwksState({ url, fetchedAt, keys: 2, failure: null }, now)).toEqual({
    tone: 'good',
    word: '2 keys',
    sentence: 'Fetched 3 minutes ago.',
  })
  expect(jwksState({ url, fetchedAt, keys: 0, failure: null }, now)).toMatchObject({ tone: 'warn' })
  expect(jwksState({ url, fetchedAt, keys: 1, failure: 'It answered 404.' }, now).sentence).toBe(
    'It answered 404. Last fetched well 3 minutes ago, with 1 key.',
  )
  expect(jwksState({ url, fetchedAt: null, keys: 0, failure: 'It answered 404.' }, now).sentence).toBe(
    'It answered 404. It has never been fetched well.',
  )
})

test.each([
  [12, 3, 'In the last 7 days 12 signed in with a token; 3 anonymous would have been refused.'],
  [1, 0, 'In the last 7 days 1 signed in with a token, and nobody came without one.'],
  [0, 3, 'In the last 7 days nobody signed in with a token; 3 anonymous would have been refused.'],
  [0, 0, 'In the last 7 days nobody came.'],
])('[VS10] %i with and %i without a token are told as: %s', (signedIn, anonymous, sentence) => {
  expect(arrivals({ lastSignInAt: null, days: 7, signedIn, anonymous })).toBe(sentence)
})

test('[SS5] a secret whose grace is over can still be revoked while somebody is in through it', () => {
  const over = secret({ state: 'revoked', revokedAt: null })
  expect(isOver({ ...over, sessions: 3 })).toBe(false)
  expect(isOver({ ...over, sessions: 0 })).toBe(true)
  expect(isOver({ ...over, sessions: 3, revokedAt: now })).toBe(true)
  expect(secretState(over, now)).toMatchObject({ word: 'Retired' })
})
