import { generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { claimsWith, now, project, refusalOf, seconds, sign, verify } from './signed-token.ts'

const later = {
  _id: 'shop_42',
  firstname: 'Ada',
  lastname: 'Lovelace',
  email: 'ada@shop.test',
  sub: 'userexternal',
  aud: `https://tiledesk.com/projects/${project.legacyId}`,
  iat: seconds,
}

test.each(['external_id', 'iat', 'exp'])('[VT6] refuses a token without %s', async (name) => {
  expect(await refusalOf(sign(claimsWith({ [name]: undefined })))).toBe(`claim_missing ${name}`)
})

test('[VT6] names the first of several missing claims', async () => {
  expect(await refusalOf(sign({}))).toBe('claim_missing external_id')
  expect(await refusalOf(sign({ external_id: '1' }))).toBe('claim_missing iat')
})

test('[SS8] a public key needs aud', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const pair = {
    keys: [{ id: 'pair', algorithm: 'ES256' as const, key: publicKey, state: 'live' as const }],
    algorithms: ['ES256' as const],
  }
  const signed = (aud?: string) =>
    new SignJWT(claimsWith({ aud })).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  expect(await refusalOf(await signed(), pair)).toBe('claim_missing aud')
  expect(await refusalOf(await signed('another'), pair)).toBe('audience_mismatch aud')
  expect(await refusalOf(await signed(project.id), pair)).toBe('accepted')
})

test("[VT16] takes Tiledesk's later form, and gives it 600 seconds when it says no end", async () => {
  expect(await verify(sign({ ...later, attributes: { plan: 'gold' } }))).toEqual({
    externalId: 'shop_42',
    name: 'Ada Lovelace',
    email: 'ada@shop.test',
    phone: null,
    attributes: { plan: 'gold' },
    issuedAt: now,
    expiresAt: now + 600_000,
    tokenId: null,
    boundToBrowser: false,
  })
  expect(await refusalOf(sign(later), { now: now + 599_999 })).toBe('accepted')
  expect(await refusalOf(sign(later), { now: now + 600_000 })).toBe('token_expired')
})

test('[VT16] holds an exp of that form to the same rules', async () => {
  expect((await verify(sign({ ...later, exp: seconds + 60 }))).expiresAt).toBe(now + 60_000)
  expect(await refusalOf(sign({ ...later, exp: seconds + 601 }))).toBe('lifetime_too_long exp')
  expect(await refusalOf(sign({ ...later, exp: null }))).toBe('claim_invalid exp')
})

test.each(['_id', 'iat', 'aud'])('[VT16] refuses that form without %s', async (name) => {
  expect(await refusalOf(sign({ ...later, [name]: undefined }))).toBe(`claim_missing ${name}`)
})

test.each([
  [{ firstname: 'Ada', lastname: undefined }, 'Ada'],
  [{ firstname: '', lastname: 'Lovelace' }, 'Lovelace'],
  [{ firstname: null, lastname: null }, null],
  [{ firstname: undefined, lastname: undefined, name: 'Ada L.' }, 'Ada L.'],
])('[VT16] joins the names there are: %j', async (names, name) => {
  expect((await verify(sign({ ...later, ...names }))).name).toBe(name)
})

test('[VT16] refuses an _id or a name that VT11 refuses', async () => {
  expect(await refusalOf(sign({ ...later, _id: 42 }))).toBe('claim_invalid _id')
  expect(await refusalOf(sign({ ...later, firstname: 42 }))).toBe('claim_invalid firstname')
  const long = 'x'.repeat(128)
  expect(await refusalOf(sign({ ...later, firstname: long, lastname: long }))).toBe('claim_invalid lastname')
})

test('[VT16] a token for another project is refused in that form too', async () => {
  const aud = 'https://tiledesk.com/projects/another'
  expect(await refusalOf(sign({ ...later, aud }))).toBe('audience_mismatch aud')
})

test.each([
  ['has an external_id', { external_id: 'customer-42' }, 'claim_missing exp'],
  ['has an empty external_id', { external_id: null }, 'claim_missing exp'],
  ['has another sub', { sub: 'user' }, 'claim_missing external_id'],
  ['has its sub in a list', { sub: ['userexternal'] }, 'claim_missing external_id'],
])('[VT16] no other form may do without exp: one that %s', async (_, changed, refusal) => {
  expect(await refusalOf(sign({ ...later, ...changed }))).toBe(refusal)
})
