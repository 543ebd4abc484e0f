import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { importPublicKey, KeyRefused, readJwkKey, readKeySet, readPemKey } from '../public-key.ts'
import { claimsWith, project, refusalOf } from './signed-token.ts'

const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
const algorithms = ['ES256', 'EdDSA', 'RS256'] as const
const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })

const pem = (key: KeyObject, type: 'spki' | 'pkcs8' | 'pkcs1' | 'sec1' = 'spki') =>
  String(key.export({ format: 'pem', type: type as 'spki' }))
const jwk = (key: KeyObject): Record<string, unknown> => ({ ...key.export({ format: 'jwk' }) })

function refusal(read: () => unknown): string {
  try {
    read()
    return 'taken'
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error
    return `${error.reason}${error.field === undefined ? '' : ` ${error.field}`}`
  }
}

test.each(algorithms)('[SS8] reads %s as PEM and as JWK, and it verifies that and nothing else', async (algorithm) => {
  const { publicKey, privateKey } = pairs[algorithm]
  const [fromPem, fromJwk] = [readPemKey(pem(publicKey)), readJwkKey({ ...jwk(publicKey), kid: 'mine' })]
  expect(fromPem).toEqual({ algorithm, kid: null, jwk: jwk(publicKey) })
  expect(fromJwk).toEqual({ algorithm, kid: 'mine', jwk: jwk(publicKey) })
  const key = await importPublicKey(fromPem)
  expect(key).toMatchObject({ type: 'public', usages: ['verify'] })
  const token = await new SignJWT(claimsWith({ aud: project.id }))
    .setProtectedHeader({ alg: algorithm, kid: 'mine' })
    .sign(privateKey)
  const keys = [{ id: 'registered', kid: 'mine', algorithm, key, state: 'live' as const }]
  expect(await refusalOf(token, { keys, algorithms: [algorithm] })).toBe('accepted')
})

test('[SS8] a token names a key by our id or by its own name, and by no third', async () => {
  const { publicKey, privateKey } = pairs.EdDSA
  const key = await importPublicKey(readPemKey(pem(publicKey)))
  const sign = (header: object) =>
    new SignJWT(claimsWith({ aud: project.id })).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(privateKey)
  const known = { id: 'our-id', algorithm: 'EdDSA' as const, key, state: 'live' as const }
  const tryWith = async (kid: unknown, own?: string) => {
    const keys = [own === undefined ? known : { ...known, kid: own }]
    return refusalOf(await sign(kid === undefined ? {} : { kid }), { keys, algorithms: ['EdDSA'] })
  }
  expect([await tryWith('our-id', 'own'), await tryWith('own', 'own'), await tryWith(undefined, 'own')]).toEqual(
    Array(3).fill('accepted'),
  )
  // A key without a name of its own is not the one that a token without a sensible name asks for.
  for (const kid of ['third', '', null, 0, ['own'], 'undefined']) {
    expect([await tryWith(kid, 'own'), await tryWith(kid)]).toEqual(Array(2).fill('key_unknown kid'))
  }
})

test('[SS8] a certificate stands for the key in it', () => {
  expect(readPemKey(certificate)).toMatchObject({ algorithm: 'ES256', kid: null })
})

test('[SS8] an RSA key may come in the older form', () => {
  expect(readPemKey(pem(pairs.RS256.publicKey, 'pkcs1')).algorithm).toBe('RS256')
})

test.each(algorithms)('[SS8] a private key for %s is refused in every form, and nothing of it is told', (algorithm) => {
  const { privateKey } = pairs[algorithm]
  const forms = [() => readPemKey(pem(privateKey, 'pkcs8')), () => readJwkKey(jwk(privateKey))]
  if (algorithm === 'RS256') forms.push(() => readPemKey(pem(privateKey, 'pkcs1')))
  if (algorithm === 'ES256') forms.push(() => readPemKey(pem(privateKey, 'sec1')))
  for (const form of forms) {
    expect(refusal(form)).toBe('private')
    expect(form).toThrow(/^This is a private key, and nothing of it was kept\./)
  }
})

test('[SS8] so is one that stands beside its public key, or is encrypted', () => {
  const both = pem(pairs.ES256.publicKey) + pem(pairs.ES256.privateKey, 'pkcs8')
  expect(refusal(() => readPemKey(both))).toBe('private')
  const cipher = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  expect(refusal(() => readPemKey(String(pairs.ES256.privateKey.export(cipher))))).toBe('private')
  expect(refusal(() => readJwkKey({ ...jwk(pairs.RS256.publicKey), p: 'AQAB' }))).toBe('private')
  expect(refusal(() => readJwkKey({ ...jwk(pairs.EdDSA.publicKey), d: null }))).toBe('private')
})

test.each([
  ['an RSA key of 1024 bits', () => readPemKey(pem(small.publicKey))],
  ['the same as JWK', () => readJwkKey(jwk(small.publicKey))],
  ['another curve', () => readPemKey(pem(p384.publicKey))],
  ['another curve as JWK', () => readJwkKey(jwk(p384.publicKey))],
  ['Ed448', () => readPemKey(pem(generateKeyPairSync('ed448').publicKey))],
  ['X25519', () => readPemKey(pem(generateKeyPairSync('x25519').publicKey))],
  ['RSA-PSS', () => readPemKey(pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey))],
  ['DSA', () => readPemKey(pem(generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).publicKey))],
  ['nothing', () => readPemKey('')],
  ['a secret', () => readPemKey('sgn_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')],
  ['a key for ssh', () => readPemKey('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKdR me@host')],
  ['a PEM with something else in it', () => readPemKey('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')],
  ['half a PEM', () => readPemKey(pem(pairs.ES256.publicKey).slice(0, 80))],
  [
    'a request for a certificate',
    () => readPemKey('-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----'),
  ],
  ['two keys', () => readPemKey(pem(pairs.ES256.publicKey) + pem(pairs.EdDSA.publicKey))],
  ['an empty JWK', () => readJwkKey({})],
  ['a set where one key should be', () => readJwkKey({ keys: [jwk(pairs.ES256.publicKey)] })],
  ['a point that is not on the curve', () => readJwkKey({ ...jwk(pairs.ES256.publicKey), y: jwk(p384.publicKey).y })],
  ['a point moved by a bit', () => readJwkKey(offCurve())],
  ['parts that are no text', () => readJwkKey({ kty: 'RSA', n: 1, e: 2 })],
  ['an RSA key whose exponent is 1', () => readJwkKey({ ...jwk(pairs.RS256.publicKey), e: 'AQ' })],
  ['an RSA key whose exponent is even', () => readJwkKey({ ...jwk(pairs.RS256.publicKey), e: 'Ag' })],
  [
    'an RSA key whose exponent is as long as its modulus, which makes checking as slow as signing',
    () => readJwkKey({ ...jwk(pairs.RS256.publicKey), e: Buffer.alloc(256, 0x7f).toString('base64url') }),
  ],
  [
    'an RSA key of 16,384 bits',
    () => readJwkKey({ kty: 'RSA', e: 'AQAB', n: Buffer.alloc(2048, 255).toString('base64url') }),
  ],
])('[SS8] refuses %s', (_what, read) => {
  expect(refusal(read)).toBe('invalid')
})

test.each([
  ['kty', { kty: 'oct', k: 'AAAA' }],
  ['alg', { alg: 'RS256' }],
  ['alg', { alg: 'HS256' }],
  ['alg', { alg: null }],
  ['use', { use: 'enc' }],
  ['key_ops', { key_ops: ['sign'] }],
  ['key_ops', { key_ops: 'verify' }],
  ['kid', { kid: '' }],
  ['kid', { kid: 7 }],
  ['kid', { kid: 'x'.repeat(256) }],
  ['kid', { kid: 'a\u0000b' }],
  ['kid', { kid: '\ud800' }],
])('[SS8] refuses a JWK for its %s: %j', (field, changed) => {
  expect(refusal(() => readJwkKey({ ...jwk(pairs.ES256.publicKey), ...changed }))).toBe(`invalid ${field}`)
})

test('[SS8] the algorithm belongs to the key: a JWK may say it, in either name, and nothing else of it is kept', () => {
  const rest = { alg: 'Ed25519', use: 'sig', key_ops: ['verify'], ext: true, x5u: 'https://evil.test', extra: 1 }
  const { publicKey } = pairs.EdDSA
  expect(readJwkKey({ ...jwk(publicKey), ...rest }).jwk).toEqual(jwk(publicKey))
  expect(readJwkKey({ ...jwk(publicKey), alg: 'EdDSA' }).algorithm).toBe('EdDSA')
})

test('[SS8] of a set, what cannot be used is left out; what is no set is none', () => {
  const [good, bad] = [jwk(pairs.ES256.publicKey), jwk(small.publicKey)]
  const set = { keys: [good, bad, jwk(pairs.EdDSA.privateKey), { kty: 'oct', k: 'AA' }, 7, null, [good], 'x'] }
  expect(readKeySet(set)).toEqual([{ algorithm: 'ES256', kid: null, jwk: good }])
  expect(readKeySet({ keys: [] })).toEqual([])
  for (const other of [undefined, null, [], 'keys', { keys: {} }, {}, good]) expect(readKeySet(other)).toBeUndefined()
})

/** The y of another point: its x does not go with it. */
function offCurve(): Record<string, unknown> {
  const own = jwk(pairs.ES256.publicKey)
  const y = Buffer.from(String(own.y), 'base64url')
  y.writeUInt8(y.readUInt8(31) ^ 1, 31)
  return { ...own, y: y.toString('base64url') }
}

const certificate = `-----BEGIN CERTIFICATE-----
MIIBsDCCAVagAwIBAgIUOSIZLDV2JSpGWHlenhOzWlc3DR0wCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQa2V5cy5zaWduZXQudGVzdDAgFw0yNjExMjIxNzQ0NDRaGA8y
MTI2MTAyOTE3NDQ0NFowGzEZMBcGA1UEAwwQa2V5cy5zaWduZXQudGVzdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABJV9Vl1K9fNk94KiWD/00jySCBNz17qYh6O4
3U94kNBubwLyW5h8Ge5n9VrzOKLBowFQx40n9HPMyeKKY+K2YCujdjB0MB0GA1Ud
DgQWBBTTtUMD0rzLZGQLFKIFIMmoeluB1DAfBgNVHSMEGDAWgBTTtUMD0rzLZGQL
FKIFIMmoeluB1DAhBgNVHREEGjAYghBrZXlzLnNpZ25ldC50ZXN0hwR/AAABMA8G
A1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgcm8MjEV3MdB8iUWbuAdu
x+AxjVkcQNGigzvw3OJd76YCIQDwHRCHFaxci0tvn0eeF4XXVfIDVlwRb87riF3P
TalhAA==
-----END CERTIFICATE-----`

test('the certificate of these tests is one', () => {
  expect(createPublicKey(certificate).asymmetricKeyType).toBe('ec')
})
