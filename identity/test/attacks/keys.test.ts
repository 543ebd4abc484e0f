/** Tokens that try to choose how, or with what, they are verified. */
import { createHash, createHmac } from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import type { Algorithm, SigningKey } from '../../visitor-token.ts'
import { base64url, claimsWith, key, otherSecret, project, refusalOf, secret, sign, signRaw } from '../signed-token.ts'

const claims = claimsWith({ aud: project.id })
const rsa = await generateKeyPair('RS256', { extractable: true })
const elliptic = await generateKeyPair('ES256', { extractable: true })
const edwards = await generateKeyPair('EdDSA', { extractable: true })
const publicKeys: SigningKey[] = [
  { id: 'rsa', algorithm: 'RS256', key: rsa.publicKey, state: 'live' },
  { id: 'elliptic', algorithm: 'ES256', key: elliptic.publicKey, state: 'live' },
  { id: 'edwards', algorithm: 'EdDSA', key: edwards.publicKey, state: 'live' },
]
const mixed = { keys: [key, ...publicKeys], algorithms: ['HS256', 'RS256', 'ES256', 'EdDSA'] as Algorithm[] }

test('the tokens that these attacks begin with are good ones', async () => {
  expect(await refusalOf(sign(claims), mixed)).toBe('accepted')
  for (const [alg, { privateKey }] of [
    ['RS256', rsa],
    ['ES256', elliptic],
    ['EdDSA', edwards],
  ] as const) {
    expect(await refusalOf(await new SignJWT(claims).setProtectedHeader({ alg }).sign(privateKey), mixed)).toBe(
      'accepted',
    )
  }
})

test.each([
  'none',
  'None',
  'NONE',
  'nOnE',
  'none ',
  ' none',
  'none\0',
  'ｎｏｎｅ',
  'null',
  '',
  'undefined',
  'false',
  '*',
])('[VT2] refuses the algorithm "%s", signed or not', async (alg) => {
  const unsigned = `${base64url(JSON.stringify({ alg }))}.${base64url(JSON.stringify(claims))}.`
  expect(await refusalOf(unsigned)).toBe('algorithm_not_allowed alg')
  expect(await refusalOf(unsigned, { keys: [], algorithms: [] })).toBe('algorithm_not_allowed alg')
  expect(await refusalOf(sign(claims, { alg }), mixed)).toBe('algorithm_not_allowed alg')
})

test('[VT2] refuses what jsonwebtoken makes of none', async () => {
  expect(await refusalOf(jwt.sign(claims, '', { algorithm: 'none' }))).toBe('algorithm_not_allowed alg')
})

test.each(['hs256', 'Hs256', 'HS256\0', 'HS256,none', 'HＳ256', 'SHA256', 'toString', '__proto__', 'constructor'])(
  '[VT2] refuses the algorithm "%s", which is not quite one',
  async (alg) => {
    expect(await refusalOf(sign(claims, { alg }), mixed)).toBe('algorithm_not_allowed alg')
  },
)

test('[VT2] finds no algorithm on a prototype', async () => {
  const payload = JSON.stringify(claims)
  for (const header of ['{"__proto__":{"alg":"HS256"}}', '{"constructor":{"prototype":{"alg":"HS256"}}}', '{}']) {
    expect(await refusalOf(signRaw(header, payload))).toBe('algorithm_not_allowed alg')
  }
  const proto = '{"alg":"HS256","__proto__":{"alg":"none","jwk":{},"kid":"x","crit":["b64"],"b64":false}}'
  expect(await refusalOf(signRaw(proto, payload))).toBe('accepted')
})

test('[VT5] a public key is no secret, in whatever form', async () => {
  for (const { publicKey } of [rsa, elliptic, edwards]) {
    const pem = await exportSPKI(publicKey)
    const jwk = await exportJWK(publicKey)
    const forms = [pem, pem.trim(), `${pem}\n`, pem.replaceAll('\n', ''), JSON.stringify(jwk), jwk.n ?? '', jwk.x ?? '']
    for (const form of forms) {
      for (const kid of [undefined, 'rsa', 'elliptic', 'edwards', key.id]) {
        const confused = sign(claims, { alg: 'HS256', kid }, form)
        const refusal = kid === undefined || kid === key.id ? 'signature_invalid' : 'key_unknown kid'
        expect(await refusalOf(confused, mixed)).toBe(refusal)
      }
    }
  }
})

test('[VT2] a project with public keys alone takes no secret at all', async () => {
  const pem = await exportSPKI(rsa.publicKey)
  const alone = { keys: publicKeys, algorithms: ['RS256', 'ES256', 'EdDSA'] as Algorithm[] }
  expect(await refusalOf(sign(claims, { alg: 'HS256' }, pem), alone)).toBe('algorithm_not_allowed alg')
})

test('[VT5] a signature of one public key is none of another', async () => {
  const stranger = await generateKeyPair('ES256')
  const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(stranger.privateKey)
  expect(await refusalOf(signed, mixed)).toBe('signature_invalid')
})

test('[VT5] refuses the elliptic signatures that fooled careless verifiers', async () => {
  const signed = `${base64url('{"alg":"ES256"}')}.${base64url(JSON.stringify(claims))}`
  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
  for (const hex of ['00'.repeat(64), order.repeat(2), `${order}${'00'.repeat(32)}`, '', '3006020100020100']) {
    expect(await refusalOf(`${signed}.${Buffer.from(hex, 'hex').toString('base64url')}`, mixed)).toBe(
      'signature_invalid',
    )
  }
})

test('[VT2] refuses a token that brings its own key', async () => {
  const stranger = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(stranger.publicKey)
  const bring = (header: object) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(stranger.privateKey)
  expect(await refusalOf(await bring({ jwk }), mixed)).toBe('algorithm_not_allowed jwk')
  expect(await refusalOf(await bring({ jku: 'https://evil.test/jwks' }), mixed)).toBe('algorithm_not_allowed jku')
  expect(await refusalOf(await bring({ x5u: 'https://evil.test/x' }), mixed)).toBe('algorithm_not_allowed x5u')
  expect(await refusalOf(await bring({ x5c: ['MIIB'] }), mixed)).toBe('algorithm_not_allowed x5c')
  const own = { alg: 'HS256', jwk: { kty: 'oct', k: base64url(otherSecret) } }
  expect(await refusalOf(sign(claims, own, otherSecret), mixed)).toBe('algorithm_not_allowed jwk')
})

test('[VT2] refuses a payload that is signed without being encoded', async () => {
  const header = { alg: 'HS256', b64: false, crit: ['b64'] }
  expect(await refusalOf(sign(claims, header))).toBe('algorithm_not_allowed crit')
  expect(await refusalOf(sign(claims, { alg: 'HS256', b64: false }))).toBe('algorithm_not_allowed b64')
  const detached = createHmac('sha256', secret)
    .update(`${base64url(JSON.stringify(header))}.{}`)
    .digest('base64url')
  expect(await refusalOf(`${base64url(JSON.stringify(header))}.e30.${detached}`)).toBe('algorithm_not_allowed crit')
})

test.each([
  ['a path', '../../../../dev/null'],
  ['an absolute path', '/dev/null'],
  ['an address', 'https://evil.test/key'],
  ['SQL', "x' UNION SELECT 'secret"],
  ['SQL that is always true', `' OR '1'='1`],
  ['a command', '; cat /etc/passwd'],
  ['a wildcard', '%'],
  ['a pattern', '.*'],
  ['a NUL behind a good id', `${key.id}\0`],
  ['a space behind a good id', `${key.id} `],
  ['a good id in capitals', '0199A8C0-0000-7000-8000-00000000000B'],
  ['nothing', ''],
  ['a name on the prototype', '__proto__'],
  ['another name on the prototype', 'toString'],
  ['the id of the project', project.id],
  ['the id of a key of another project', '0199a8c0-0000-7000-8000-0000000000ff'],
  ['a place in the list', '0'],
  ['null', null],
  ['a number', 0],
  ['true', true],
  ['a good id in a list', [key.id]],
  ['an object that claims to be a good id', { toString: key.id, id: key.id }],
  ['an empty list', []],
])('[VT3] refuses a kid that is %s', async (_, kid) => {
  expect(await refusalOf(sign(claims, { alg: 'HS256', kid }))).toBe('key_unknown kid')
  expect(await refusalOf(sign(claims, { alg: 'HS256', kid }, ''))).toBe('key_unknown kid')
})

test.each([
  ['the secret of another project', otherSecret],
  ['nothing', ''],
  ['a NUL', '\0'],
  ['"null"', 'null'],
  ['"undefined"', 'undefined'],
  ['"secret"', 'secret'],
  ['the id of the key', key.id],
  ['the id of the project', project.id],
  ['the secret without its prefix', secret.slice(4)],
  ['the secret without its last character', secret.slice(0, -1)],
  ['the secret and a line feed', `${secret}\n`],
  ['the secret in capitals', secret.toUpperCase()],
  ['the hash of the secret', createHash('sha256').update(secret).digest('base64url')],
])('[VT5] refuses what is signed with %s', async (_, signedWith) => {
  expect(await refusalOf(sign(claims, { alg: 'HS256' }, signedWith), mixed)).toBe('signature_invalid')
})

test('[VT5] refuses a longer hash under the name of the shorter', async () => {
  const parts = `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify(claims))}`
  for (const hash of ['sha512', 'sha384', 'sha1', 'md5']) {
    const signature = createHmac(hash, secret).update(parts).digest('base64url')
    expect(await refusalOf(`${parts}.${signature}`)).toBe('signature_invalid')
  }
})

test('[VT18] an unknown kid costs the check of one signature, as a wrong one does', async () => {
  let checked = 0
  const counting = (each: SigningKey): SigningKey =>
    each.algorithm !== 'HS256'
      ? each
      : {
          ...each,
          key: (...given) => {
            checked += 1
            return each.key(...given)
          },
        }
  const keys = mixed.keys.map(counting)
  expect(await refusalOf(sign(claims, { alg: 'HS256', kid: 'nobody' }), { ...mixed, keys })).toBe('key_unknown kid')
  expect(checked).toBe(1)
  const wrong = sign(claims, { alg: 'HS256', kid: key.id }, otherSecret)
  expect(await refusalOf(wrong, { ...mixed, keys })).toBe('signature_invalid')
  expect(checked).toBe(2)
})
