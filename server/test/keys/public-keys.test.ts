import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Input } from '../../../protocol/endpoints.ts'
import type { CallRefused } from '../caller.ts'
import { day } from '../clock.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'
import { KeyPair } from './key-pair.ts'

let signet: Signet
let shop: Shop
let pair: KeyPair

beforeAll(async () => {
  signet = await Signet.start()
  pair = await KeyPair.make('ES256', 'site-1')
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

type Body = Input<'POST /projects/:project/public-keys'>['body']

const project = () => ({ params: { project: shop.id } })
const key = (id: string) => ({ params: { project: shop.id, key: id } })
const register = (body: Body) => shop.owner.caller.call('POST /projects/:project/public-keys', { ...project(), body })
const registerRefusal = (body: Body) =>
  shop.owner.caller.refusal('POST /projects/:project/public-keys', { ...project(), body })
const list = async () => (await shop.owner.caller.call('GET /projects/:project/public-keys', project())).publicKeys
const remove = (id: string) => shop.owner.caller.call('DELETE /projects/:project/public-keys/:key', key(id))
const refusal = (token: string) =>
  signet.anybody.refusal('POST /projects/:project/visitor-sessions', { ...project(), body: { token } })

test.each(['ES256', 'EdDSA', 'RS256'] as const)(
  '[SS8] a visitor comes in with %s, by PEM or by JWK',
  async (algorithm) => {
    const [one, two] = [await KeyPair.make(algorithm), await KeyPair.make(algorithm, 'two')]
    expect(await register({ pem: one.pem })).toMatchObject({ algorithm, kid: null, jwks: null })
    const made = await register({ jwk: two.jwk })
    expect(made).toMatchObject({ algorithm, kid: 'two', createdBy: { id: shop.owner.id, name: shop.owner.name } })
    for (const token of [await one.sign(signet.clock, shop.id), await two.sign(signet.clock, shop.id)]) {
      expect(await refusal(token)).toBe('accepted')
    }
    expect(await refusal(await two.sign(signet.clock, shop.id, {}, { kid: made.id }))).toBe('accepted')
  },
)

test('[SS8] the secret goes on beside it, each with its own algorithm', async () => {
  await register({ pem: pair.pem })
  expect(await refusal(shop.token())).toBe('accepted')
  expect(await refusal(signToken(pair.pem, signet.clock, { aud: shop.id }))).toBe('signature_invalid')
  expect(await refusal(signToken(pair.pem.trim(), signet.clock, { aud: shop.id }))).toBe('signature_invalid')
})

test('[SS8] under a public key the token says which project it is for', async () => {
  await register({ pem: pair.pem })
  const other = await Shop.open(signet)
  expect(await refusal(await pair.sign(signet.clock, undefined))).toBe('key_unknown kid')
  await register({ jwk: pair.jwk })
  expect(await refusal(await pair.sign(signet.clock, undefined))).toBe('claim_missing aud')
  expect(await refusal(await pair.sign(signet.clock, other.id))).toBe('audience_mismatch aud')
})

test('[SS8] a session carries the id of the key that it came in through', async () => {
  const { id } = await register({ jwk: pair.jwk })
  const { session } = await shop.admit({ token: await pair.sign(signet.clock, shop.id) })
  const socket = await shop.connect(session)
  const message = await socket.write('Hello')
  expect(message.verification).toMatchObject({ keyId: id, verifiedAt: signet.clock.ms })
  expect(await list()).toMatchObject([
    { id, sessions: 1, connected: 1, signInsLastDay: 1, lastUsedAt: signet.clock.ms },
  ])
})

test('[SS8][SS6] deleting ends what came in through it, at once, and its tokens say why', async () => {
  const { id } = await register({ jwk: pair.jwk })
  const token = await pair.sign(signet.clock, shop.id)
  const { session } = await shop.admit({ token })
  const spared = await shop.connect((await shop.signIn({ external_id: 'with-the-secret' })).session)
  const socket = await shop.connect(session)
  await remove(id)
  expect((await socket.next('ended')).reason).toBe('secret_revoked')
  expect(await socket.closed).toBe(4401)
  expect(await signet.visitor(session).refusal('GET /visitor-session', {})).toBe('session_ended')
  expect(await refusal(token)).toBe('secret_revoked')
  expect((await spared.settled()).map((frame) => frame.type)).not.toContain('ended')
  expect(await list()).toEqual([])
  signet.clock.advance(30 * day)
  expect(await refusal(await pair.sign(signet.clock, shop.id))).toBe('key_unknown kid')
})

test('[SS8] who registers a deleted key again comes in through it again', async () => {
  const { id } = await register({ jwk: pair.jwk })
  await remove(id)
  await register({ jwk: pair.jwk })
  expect(await refusal(await pair.sign(signet.clock, shop.id))).toBe('accepted')
})

test('[SS5][SS8] secrets and public keys together are at most five, also when asked at once', async () => {
  const pairs = await Promise.all(Array.from({ length: 8 }, () => KeyPair.make('EdDSA')))
  const tries = await Promise.all(pairs.map(({ pem }) => registerRefusal({ pem })))
  expect(tries.filter((code) => code === 'accepted')).toHaveLength(4)
  expect(tries.filter((code) => code === 'too_many_keys')).toHaveLength(4)
  const generate = { ...project(), body: { previous: 'keep' as const } }
  expect(await shop.owner.caller.refusal('POST /projects/:project/shared-secrets', generate)).toBe('too_many_keys')
  // Secrets that are renewed make their own room, and leave public keys alone.
  await shop.generate({ previous: 'revoke' })
  expect(await list()).toHaveLength(4)
})

test('[SS8] neither kind of key is reached through the other’s address', async () => {
  const { id } = await register({ pem: pair.pem })
  const { caller } = shop.owner
  const grace = { body: { graceSeconds: 60 } }
  expect([
    await caller.refusal('POST /projects/:project/shared-secrets/:key/revoke', key(id)),
    await caller.refusal('POST /projects/:project/shared-secrets/:key/retire', { ...key(id), ...grace }),
    await caller.refusal('DELETE /projects/:project/public-keys/:key', key(shop.keyId)),
  ]).toEqual(Array(3).fill('not_found key'))
  const { sharedSecrets } = await caller.call('GET /projects/:project/shared-secrets', project())
  expect(sharedSecrets.map((secret) => secret.id)).toEqual([shop.keyId])
  await remove(id)
  expect(await caller.refusal('DELETE /projects/:project/public-keys/:key', key(id))).toBe('key_not_live')
})

test('[SS8] an owner of one project cannot reach a key of another through his own', async () => {
  const { id } = await register({ pem: pair.pem })
  const other = await Shop.open(signet)
  const theirs = { params: { project: other.id, key: id } }
  expect(await other.owner.caller.refusal('DELETE /projects/:project/public-keys/:key', theirs)).toBe('not_found key')
  const admit = { params: { project: other.id }, body: { token: await pair.sign(signet.clock, other.id) } }
  expect(await signet.anybody.refusal('POST /projects/:project/visitor-sessions', admit)).toBe(
    'algorithm_not_allowed alg',
  )
})

test('[SS8] a private key pasted by mistake is refused, named for what it is, and stays nowhere', async () => {
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  expect(await registerRefusal({ pem })).toBe('key_is_private pem')
  expect(await registerRefusal({ jwk: { ...privateKey.export({ format: 'jwk' }) } })).toBe('key_is_private jwk')
  const { findAtRest } = await import('../at-rest.ts')
  expect(findAtRest(signet.dataDir, String(privateKey.export({ format: 'jwk' }).d))).toEqual([])
  expect(await list()).toEqual([])
})

test('[SS8] what is no key that can be used is refused with a sentence that says why', async () => {
  const { generateKeyPairSync } = await import('node:crypto')
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const weak = String(publicKey.export({ format: 'pem', type: 'spki' }))
  const asked = register({ pem: weak }).catch((error: CallRefused) => error.failure)
  expect(await asked).toMatchObject({
    code: 'key_invalid',
    field: 'pem',
    message: 'An RSA key needs at least 2048 bits; this one has 1024.',
  })
  expect(await registerRefusal({ pem: 'sgn_something' })).toBe('key_invalid pem')
  expect(await registerRefusal({ jwk: { kty: 'oct', k: 'AA' } })).toBe('key_invalid jwk')
  expect(await registerRefusal({ pem: pair.pem, algorithm: 'RS256' })).toBe('key_invalid algorithm')
  expect(await registerRefusal({ pem: pair.pem, algorithm: 'ES256' })).toBe('accepted')
})

test('[SS9] registering and deleting are in the audit log, without what is behind a question mark', async () => {
  const { id } = await register({ jwk: pair.jwk })
  await remove(id)
  signet.app.model.keys.fetchKeySet = async () => [{ algorithm: 'ES256', kid: 'a', jwk: pair.jwk }]
  const { id: setId } = await register({ jwksUrl: 'https://site.test/keys?token=hush' })
  const { entries } = await shop.owner.caller.call('GET /projects/:project/audit-log', { ...project(), query: {} })
  const told = entries.map(({ action, detail }) => ({ action, detail }))
  expect(told).toContainEqual({ action: 'public_key_registered', detail: { id, algorithm: 'ES256', kid: 'site-1' } })
  expect(told).toContainEqual({ action: 'public_key_deleted', detail: { id } })
  const registered = { id: setId, url: 'https://site.test/keys' }
  expect(told).toContainEqual({ action: 'public_key_registered', detail: registered })
  expect(entries[0]?.agent).toEqual({ id: shop.owner.id, name: shop.owner.name })
})
