import { expect, test } from 'vitest'
import { applyRules, ruleOrder } from '../rules.ts'
import { checkVisitorToken } from '../visitor-token.ts'
import { claimsWith, deadKey, inputFor, key, now, otherSecret, refusalOf, sign } from './signed-token.ts'

test('the rules run in the order they are listed in', async () => {
  const seen: string[] = []
  await applyRules(inputFor(sign(claimsWith())), async (rule, run) => {
    seen.push(rule)
    return run()
  })
  expect(seen).toEqual([...ruleOrder])
  expect(seen.join(' ')).toBe('VT1 VT2 VT3 VT5 VT4 VT6 VT7 VT8 VT9 VT10 VT11 VT12 VT13')
})

test('[VS13] shows every rule of a good token as passed', async () => {
  const { result, rules } = await checkVisitorToken(inputFor(sign(claimsWith())))
  expect(result).toMatchObject({ key, identity: { externalId: 'customer-42' } })
  expect(rules).toEqual(ruleOrder.map((rule) => ({ rule, outcome: 'passed' })))
})

test('[VS13] shows which rule failed, why, and which were not reached', async () => {
  const { result, rules } = await checkVisitorToken(inputFor(sign(claimsWith({ iat: now }))))
  expect(result).toMatchObject({ name: 'TokenRefused', code: 'time_in_milliseconds', keyId: key.id })
  expect(rules.map(({ outcome }) => outcome)).toEqual([
    ...Array(6).fill('passed'),
    'failed',
    ...Array(6).fill('skipped'),
  ])
  expect(rules[6]).toEqual({ rule: 'VT7', outcome: 'failed', code: 'time_in_milliseconds', field: 'iat' })
  expect(rules[7]).toEqual({ rule: 'VT8', outcome: 'skipped' })
})

test('[VS13] leaves the field out when there is none', async () => {
  const { rules } = await checkVisitorToken(inputFor('junk'))
  expect(rules[0]).toEqual({ rule: 'VT1', outcome: 'failed', code: 'token_malformed' })
})

test('[VS13] does not take a defect for a refusal', async () => {
  // As a key that was imported for another algorithm than it is said to have.
  const keys = [{ id: 'a', algorithm: 'ES256', key: { type: 'secret' } as CryptoKey, state: 'live' }] as const
  await expect(
    checkVisitorToken(inputFor(sign(claimsWith(), { alg: 'ES256' }), { keys, algorithms: ['ES256'] })),
  ).rejects.toBeInstanceOf(TypeError)
})

test('the first rule that fails decides, whatever else is wrong', async () => {
  const nonce = { nonce: 'x' }
  const audience = { ...nonce, aud: 'another' }
  const profile = { ...audience, email: 'nobody' }
  const expired = { ...profile, iat: now / 1000 - 500, exp: now / 1000 - 100 }
  const lifetime = { ...profile, iat: now / 1000 - 5000, exp: now / 1000 - 100 }
  const future = { ...profile, iat: now / 1000 + 500, exp: now / 1000 + 5000 }
  const milliseconds = { ...profile, iat: now / 1000 + 500, exp: now }
  const missing = { ...milliseconds, external_id: undefined }
  // From the last rule to the first; each token also has the faults of the rules behind its own.
  const refusals = [
    await refusalOf(sign(claimsWith(nonce))),
    await refusalOf(sign(claimsWith(audience))),
    await refusalOf(sign(claimsWith(profile))),
    await refusalOf(sign(claimsWith(expired))),
    await refusalOf(sign(claimsWith(lifetime))),
    await refusalOf(sign(claimsWith(future))),
    await refusalOf(sign(claimsWith(milliseconds))),
    await refusalOf(sign(claimsWith(missing))),
    await refusalOf(sign(claimsWith(missing)), { keys: [deadKey] }),
    await refusalOf(sign(claimsWith(missing), undefined, otherSecret), { keys: [deadKey] }),
    await refusalOf(sign(claimsWith(missing), { alg: 'HS256', kid: 'x' }, otherSecret), { keys: [deadKey] }),
    await refusalOf(sign(claimsWith(missing), { alg: 'none', kid: 'x' }, otherSecret), { keys: [deadKey] }),
    await refusalOf(`${sign(claimsWith(missing), { alg: 'none', kid: 'x' }, otherSecret)}=`, { keys: [deadKey] }),
  ]
  expect(refusals.reverse()).toEqual([
    'token_malformed',
    'algorithm_not_allowed alg',
    'key_unknown kid',
    'signature_invalid',
    'secret_revoked',
    'claim_missing external_id',
    'time_in_milliseconds exp',
    'issued_in_future',
    'lifetime_too_long exp',
    'token_expired',
    'claim_invalid email',
    'audience_mismatch aud',
    'nonce_mismatch nonce',
  ])
})
