import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { importSharedSecret } from '../shared-secret.ts'
import { type Algorithm, type SigningKey, verifyVisitorToken } from '../visitor-token.ts'
import { claimsWith, deadKey, inputFor, key, otherSecret, project, refusalOf, secret, sign } from './signed-token.ts'

const token = sign(claimsWith())
const otherKey: SigningKey = { id: 'other', algorithm: 'HS256', key: importSharedSecret(otherSecret), state: 'live' }

test.each(['HS384', 'HS512', 'ES384', 'PS256', 'ES256K', 'Ed25519', 'A128KW', '', 'HMAC', 'HS256 '])(
  '[VT2] refuses the algorithm "%s"',
  async (alg) => {
    expect(await refusalOf(sign(claimsWith(), { alg }))).toBe('algorithm_not_allowed alg')
  },
)

test.each([[undefined], [null], [256], [['HS256']], [{ name: 'HS256' }], [true]])(
  '[VT2] refuses an algorithm that is no text: %j',
  async (alg) => {
    expect(await refusalOf(sign(claimsWith(), { alg }))).toBe('algorithm_not_allowed alg')
  },
)

test('[VT2] refuses an algorithm of which the project has no key', async () => {
  for (const alg of ['ES256', 'EdDSA', 'RS256']) {
    expect(await refusalOf(sign(claimsWith(), { alg }))).toBe('algorithm_not_allowed alg')
  }
  expect(await refusalOf(token, { algorithms: ['ES256'] })).toBe('algorithm_not_allowed alg')
})

test.each([
  ['crit', ['exp']],
  ['jku', 'https://evil.test/keys'],
  ['x5u', 'https://evil.test/chain'],
  ['jwk', { kty: 'oct', k: 'AA' }],
  ['x5c', []],
  ['b64', true],
  ['b64', null],
])('[VT2] refuses the header parameter %s: %j', async (name, value) => {
  expect(await refusalOf(sign(claimsWith(), { alg: 'HS256', [name]: value }))).toBe(`algorithm_not_allowed ${name}`)
})

test('[VT2] takes other header parameters for what they are: nothing', async () => {
  const header = { typ: 'anything', alg: 'HS256', cty: 'x', x5t: 'abc', zip: 'DEF' }
  expect(await refusalOf(sign(claimsWith(), header))).toBe('accepted')
})

test('[VT3] tells a project that never had a key to get one', async () => {
  expect(await refusalOf(token, { keys: [], algorithms: [] })).toBe('no_signing_key')
  expect(await refusalOf(sign(claimsWith(), { alg: 'none' }), { keys: [], algorithms: [] })).toBe(
    'algorithm_not_allowed alg',
  )
})

test('[VT3] finds a key by its kid, and knows no other', async () => {
  expect(await refusalOf(sign(claimsWith(), { alg: 'HS256', kid: key.id }))).toBe('accepted')
  expect(await refusalOf(sign(claimsWith(), { alg: 'HS256', kid: project.id }))).toBe('key_unknown kid')
})

test('[VT3] does not find a key by its kid under another algorithm', async () => {
  const wrong = { algorithms: ['HS256', 'ES256'] as Algorithm[] }
  expect(await refusalOf(sign(claimsWith(), { alg: 'ES256', kid: key.id }), wrong)).toBe('key_unknown kid')
})

test('[VT5] with a kid, tries that key alone', async () => {
  const named = sign(claimsWith(), { alg: 'HS256', kid: otherKey.id })
  expect(await refusalOf(named, { keys: [key, otherKey] })).toBe('signature_invalid')
})

test('[VT5] refuses what another secret signed', async () => {
  expect(await refusalOf(sign(claimsWith(), { alg: 'HS256' }, otherSecret))).toBe('signature_invalid')
})

test('[VT5] refuses every signature once the keys of that algorithm are long gone', async () => {
  expect(await refusalOf(token, { keys: [] })).toBe('signature_invalid')
})

test('[VT5] tries every candidate until one verifies', async () => {
  const { key: signer } = await verifyVisitorToken(inputFor(token, { keys: [otherKey, key] }))
  expect(signer).toBe(key)
})

test('[VT5] is decided before VT4: a dead key that did not sign says nothing', async () => {
  const dead: SigningKey = { ...otherKey, state: 'dead' }
  expect(await refusalOf(sign(claimsWith(), undefined, 'neither'), { keys: [dead] })).toBe('signature_invalid')
})

test('[VT5] is decided before the claims are read', async () => {
  expect(await refusalOf(sign({ iat: 'never' }, undefined, otherSecret))).toBe('signature_invalid')
})

test('[VT4] refuses what a dead key signed, by name', async () => {
  expect(await refusalOf(token, { keys: [deadKey] })).toBe('secret_revoked')
  expect(await refusalOf(token, { keys: [otherKey, deadKey] })).toBe('secret_revoked')
})

test('[VT4] prefers a live key to a dead one with the same secret', async () => {
  const { key: signer } = await verifyVisitorToken(inputFor(token, { keys: [deadKey, key] }))
  expect(signer).toBe(key)
})

test('[VT4] is decided before the claims are read', async () => {
  expect(await refusalOf(sign({}), { keys: [deadKey] })).toBe('secret_revoked')
})

test('[VT18] junk costs at most 15 signature checks', async () => {
  const keys = [...Array(40)].map((_, n): SigningKey => ({ ...otherKey, id: `other-${n}` }))
  expect(await refusalOf(token, { keys: [...keys.slice(0, 14), key, ...keys] })).toBe('accepted')
  expect(await refusalOf(token, { keys: [...keys.slice(0, 15), key, ...keys] })).toBe('signature_invalid')
})

test('[SS8] verifies under ES256, EdDSA and RS256 as each key has it', async () => {
  for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
    const { publicKey, privateKey } = await generateKeyPair(algorithm)
    const keys: SigningKey[] = [{ id: 'pair', algorithm, key: publicKey, state: 'live' }, key]
    const claims = claimsWith({ aud: project.id })
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: algorithm }).sign(privateKey)
    expect(await refusalOf(signed, { keys, algorithms: [algorithm, 'HS256'] })).toBe('accepted')
    const forged = `${signed.slice(0, -9)}AAAAAAAA${signed.slice(-1)}`
    expect(await refusalOf(forged, { keys, algorithms: [algorithm] })).toBe('signature_invalid')
  }
})

test('[SS8] a public key never serves as a secret, nor a secret as a public key', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const keys: SigningKey[] = [{ id: 'pair', algorithm: 'RS256', key: publicKey, state: 'live' }, key]
  const both = { keys, algorithms: ['RS256', 'HS256'] as Algorithm[] }
  const pem = await exportSPKI(publicKey)
  expect(await refusalOf(sign(claimsWith(), { alg: 'HS256' }, pem), both)).toBe('signature_invalid')
  expect(await refusalOf(sign(claimsWith(), { alg: 'RS256' }, secret), both)).toBe('signature_invalid')
  const signed = await new SignJWT(claimsWith()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const [, payload, signature] = signed.split('.')
  const header = Buffer.from('{"alg":"HS256"}').toString('base64url')
  expect(await refusalOf(`${header}.${payload}.${signature}`, both)).toBe('signature_invalid')
})

test('a key that was imported for another algorithm is a defect, not a refusal', async () => {
  const { publicKey } = await generateKeyPair('ES256')
  const keys: SigningKey[] = [{ id: 'pair', algorithm: 'RS256', key: publicKey, state: 'live' }]
  const signed = sign(claimsWith(), { alg: 'RS256' })
  await expect(verifyVisitorToken(inputFor(signed, { keys, algorithms: ['RS256'] }))).rejects.toBeInstanceOf(TypeError)
})
