import { expect, test } from 'vitest'
import { readTimes } from '../token-times.ts'
import { claimsWith, now, refusalOf, seconds, sign, signRaw, verify } from './signed-token.ts'

const times = (changed: Record<string, unknown>) => refusalOf(sign(claimsWith(changed)))

/** A token with a time spelled as it stands, which JSON.stringify would not write. */
function spelled(name: 'iat' | 'exp', number: string): string {
  const payload = JSON.stringify(claimsWith({ [name]: '?' })).replace('"?"', number)
  return signRaw('{"alg":"HS256"}', payload)
}

test('[VT7] refuses iat in milliseconds', async () => {
  expect(await times({ iat: now })).toBe('time_in_milliseconds iat')
  expect(await times({ iat: now, exp: now + 300_000 })).toBe('time_in_milliseconds iat')
})

test('[VT7] refuses exp in milliseconds', async () => {
  expect(await times({ exp: now + 300_000 })).toBe('time_in_milliseconds exp')
})

test('[VT7] begins at 10¹¹', async () => {
  expect(await times({ iat: 1e11 })).toBe('time_in_milliseconds iat')
  expect(await times({ iat: 1e11 - 1 })).toBe('issued_in_future')
  expect(await times({ exp: 1e11 })).toBe('time_in_milliseconds exp')
  expect(await times({ exp: 1e11 - 1 })).toBe('lifetime_too_long exp')
})

test.each(['1e300', '99999999999999999999999', '1e400'])(
  '[VT7] refuses %s as too large for seconds',
  async (number) => {
    expect(await refusalOf(spelled('iat', number))).toBe('time_in_milliseconds iat')
    expect(await refusalOf(spelled('exp', number))).toBe('time_in_milliseconds exp')
  },
)

test('[VT8] takes a clock that is 120 seconds ahead, and no more', async () => {
  expect(await times({ iat: seconds + 120, exp: seconds + 300 })).toBe('accepted')
  expect(await times({ iat: seconds + 121, exp: seconds + 300 })).toBe('issued_in_future')
  expect(await times({ iat: seconds + 120.001, exp: seconds + 300 })).toBe('issued_in_future')
})

test('[VT8] is decided before the lifetime is looked at', async () => {
  expect(await times({ iat: seconds + 500, exp: seconds + 5000 })).toBe('issued_in_future')
})

test.each([
  ['a text of digits', `${seconds}`],
  ['a date', '2026-11-01T12:00:00Z'],
  ['NaN, spelled', 'NaN'],
  ['null', null],
  ['true', true],
  ['a list', [seconds]],
  ['an object', { $date: seconds }],
  ['empty', ''],
])('[VT9] refuses a time that is %s', async (_, time) => {
  expect(await times({ iat: time })).toBe('claim_invalid iat')
  expect(await times({ exp: time })).toBe('claim_invalid exp')
  expect(await times({ nbf: time })).toBe('claim_invalid nbf')
})

test('[VT9] a time that is a text is not taken for a time, not even a future or an expired one', async () => {
  expect(await times({ iat: `${seconds + 5000}` })).toBe('claim_invalid iat')
  expect(await times({ iat: `${now}` })).toBe('claim_invalid iat')
  expect(await times({ iat: seconds - 400, exp: seconds - 100, nbf: 'soon' })).toBe('claim_invalid nbf')
})

test('[VT16] an end is never made up for a token of our own form', () => {
  expect(() => readTimes(new Map([['iat', seconds]]))).toThrow('claim_invalid: exp')
})

test('[VT9] refuses a time that is infinitely long ago', async () => {
  expect(await refusalOf(spelled('iat', '-1e400'))).toBe('claim_invalid iat')
  expect(await refusalOf(spelled('exp', '-1e400'))).toBe('claim_invalid exp')
})

test('[VT9] refuses an end that is not after the beginning', async () => {
  expect(await times({ exp: seconds })).toBe('claim_invalid exp')
  expect(await times({ exp: seconds - 1 })).toBe('claim_invalid exp')
  expect(await times({ exp: -1 })).toBe('claim_invalid exp')
})

test('[VT9] takes a lifetime of 600 seconds, and no more', async () => {
  expect(await times({ exp: seconds + 600 })).toBe('accepted')
  expect(await times({ exp: seconds + 601 })).toBe('lifetime_too_long exp')
  expect(await times({ exp: seconds + 600.5 })).toBe('lifetime_too_long exp')
  expect(await times({ iat: 0 })).toBe('lifetime_too_long exp')
  expect(await times({ iat: -seconds })).toBe('lifetime_too_long exp')
})

test('[VT9] takes times with a fraction, and gives whole milliseconds', async () => {
  const identity = await verify(sign(claimsWith({ iat: seconds - 0.0004, exp: seconds + 0.1239 })))
  expect(identity).toMatchObject({ issuedAt: now - 1, expiresAt: now + 123 })
})

test('[VT10] refuses a token from the very moment it expires', async () => {
  const token = sign(claimsWith())
  expect(await refusalOf(token, { now: now + 299_999 })).toBe('accepted')
  expect(await refusalOf(token, { now: now + 300_000 })).toBe('token_expired')
  expect(await refusalOf(token, { now: now + 86_400_000 })).toBe('token_expired')
})

test('[VT10] takes an nbf that is 120 seconds ahead, and no more', async () => {
  expect(await times({ nbf: seconds - 1000 })).toBe('accepted')
  expect(await times({ nbf: seconds + 120 })).toBe('accepted')
  expect(await times({ nbf: seconds + 121 })).toBe('token_not_yet_valid')
  expect(await times({ nbf: now })).toBe('token_not_yet_valid')
})

test('[VT10] says expired rather than not yet valid when both are true', async () => {
  expect(await times({ iat: seconds - 400, exp: seconds - 100, nbf: seconds + 1000 })).toBe('token_expired')
})
