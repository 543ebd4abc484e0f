import { beforeAll, beforeEach, expect, test } from 'vitest'
import { findAtRest } from '../at-rest.ts'
import { day } from '../clock.ts'
import { KeyPair } from '../keys/key-pair.ts'
import { Shop, Signet } from '../signet.ts'
import { signToken } from '../token.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
})

const project = () => ({ params: { project: shop.id } })
const check = (token: string, verifier?: string) =>
  shop.owner.caller.call('POST /projects/:project/token-checks', {
    ...project(),
    body: { token, ...(verifier !== undefined && { verifier }) },
  })
const failed = async (token: string) => (await check(token)).rules.find(({ outcome }) => outcome === 'failed')
const hint = async (token: string) => (await failed(token))?.hint
const sign = (secret: string, claims: Record<string, unknown> = {}) => signToken(secret, signet.clock, claims)

test('[VS13] a good token passes every rule, and it is said whom it would sign in', async () => {
  const checked = await check(shop.token())
  expect(checked).toMatchObject({
    accepted: true,
    visitor: { externalId: 'customer-1', name: 'Grace', email: 'grace@example.com' },
  })
  expect(checked.rules.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual(
    ['VT1', 'VT2', 'VT3', 'VT5', 'VT4', 'VT6', 'VT7', 'VT8', 'VT9', 'VT10', 'VT11', 'VT12', 'VT13'].map(
      (rule) => `${rule} passed`,
    ),
  )
})

test('[VS13] it signs nobody in, and uses no token up', async () => {
  await shop.owner.caller.call('PATCH /projects/:project', { ...project(), body: { singleUseTokens: true } })
  const token = shop.token({ jti: 'once' })
  for (let count = 0; count < 2; count++) expect((await check(token)).accepted).toBe(true)
  const { rows } = signet.app.model.database
  const open = () => rows<{ id: string }>('select id from visitor_sessions where project_id = ?', [shop.id])
  expect(await open()).toEqual([])
  await shop.admit({ token })
  expect(await failed(token)).toMatchObject({ rule: 'VT13', code: 'token_replayed', field: 'jti' })
  const without = await failed(shop.token())
  expect(without).toMatchObject({ rule: 'VT13', code: 'claim_missing', field: 'jti' })
  expect(without?.hint).toContain('Add jti')
})

test('[VS13] shows each rule as passed, failed or not reached, with a code, a field and a hint', async () => {
  const { accepted, rules, visitor } = await check(shop.token({ iat: signet.clock.ms }))
  expect([accepted, visitor]).toEqual([false, null])
  expect(rules.map(({ outcome }) => outcome)).toEqual([
    ...Array(6).fill('passed'),
    'failed',
    ...Array(6).fill('skipped'),
  ])
  expect(rules[6]).toEqual({
    rule: 'VT7',
    outcome: 'failed',
    code: 'time_in_milliseconds',
    field: 'iat',
    hint: 'Divide iat by 1000 and round it: times in a token are seconds.',
  })
})

test('[VS13] the verifier of a bound token can be given, too', async () => {
  const { createHash } = await import('node:crypto')
  const nonce = createHash('sha256').update('of-this-browser').digest('base64url')
  const token = shop.token({ nonce })
  expect((await check(token, 'of-this-browser')).accepted).toBe(true)
  expect(await failed(token)).toMatchObject({ rule: 'VT13', code: 'nonce_mismatch' })
})

const spoilt: [what: string, spoil: (secret: string) => string | Uint8Array, hint: RegExp][] = [
  ['a line break at its end', (secret) => `${secret}\n`, /line break/],
  ['a Windows line break', (secret) => `${secret}\r\n`, /line break/],
  ['a space before it', (secret) => ` ${secret}`, /space/],
  ['a space after it', (secret) => `${secret} `, /space/],
  ['quotation marks', (secret) => `"${secret}"`, /quotation marks/],
  ['decoded as base64', (secret) => Buffer.from(secret, 'base64'), /decoded as base64/],
  ['decoded as base64url', (secret) => Buffer.from(secret, 'base64url'), /decoded as base64/],
  ['decoded without its beginning', (secret) => Buffer.from(secret.slice(4), 'base64url'), /decoded as base64/],
  ['without its beginning', (secret) => secret.slice(4), /sgn_ included/],
  ['encoded as base64', (secret) => Buffer.from(secret).toString('base64'), /encoded as base64/],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex'), /hexadecimal/],
  ['in UTF-16', (secret) => Buffer.from(secret, 'utf16le'), /UTF-16/],
  ['nothing at all', () => '', /empty secret/],
  ['undefined', () => 'undefined', /empty secret/],
]

test.each(spoilt)('[VS13][VT18] the secret was %s', async (_what, spoil, expected) => {
  const token = shop.token()
  const signed = token.slice(0, token.lastIndexOf('.'))
  const { createHmac } = await import('node:crypto')
  const bad = `${signed}.${createHmac('sha256', spoil(shop.secret)).update(signed).digest('base64url')}`
  expect(await failed(bad)).toMatchObject({
    rule: 'VT5',
    code: 'signature_invalid',
    hint: expect.stringMatching(expected),
  })
})

test('[VS13][VT18] the id of the key, or of the project, was taken for the secret', async () => {
  for (const id of [shop.keyId, shop.id]) expect(await hint(sign(id))).toContain('an id instead of the secret')
})

test('[VS13][VT18] a secret that was revoked is told by its last characters and its age', async () => {
  const [old, last4] = [shop.secret, shop.secret.slice(-4)]
  await shop.generate({})
  expect(await failed(sign(old))).toMatchObject({
    rule: 'VT4',
    code: 'secret_revoked',
    hint: `The secret ending in ${last4} died less than a day ago. Put the current one where this one is still used.`,
  })
  signet.clock.advance(3 * day)
  expect(await hint(sign(old))).toContain('died 3 days ago')
  // Spoilt, it is still known.
  expect(await hint(sign(`${old}\n`))).toContain('line break')
})

test('[VS13][VT18] a secret of another project is named if the one who asks administers that, and else not', async () => {
  const mine = await Shop.open(signet, shop.owner)
  const params = { project: mine.id }
  await shop.owner.caller.call('PATCH /projects/:project', { params, body: { name: 'The other shop' } })
  const theirs = await Shop.open(signet)
  const asAgent = await Shop.open(signet)
  const row = { project_id: asAgent.id, agent_id: shop.owner.id, role: 'agent' as const, created_at: 1 }
  await signet.app.model.database.transaction((tx) => tx.query.insertInto('memberships').values(row).execute())
  expect(await hint(sign(mine.secret))).toContain('a secret of your project "The other shop"')
  const usual = await hint(sign('any other secret'))
  for (const other of [theirs, asAgent]) expect(await hint(sign(other.secret))).toBe(usual)
  const colleague = await shop.member('admin')
  const asked = await colleague.caller.call('POST /projects/:project/token-checks', {
    ...project(),
    body: { token: sign(mine.secret) },
  })
  expect(asked.rules.find(({ outcome }) => outcome === 'failed')?.hint).toBe(usual)
})

test('[VS13][VT18] a kid or an audience of another project of one’s own is named', async () => {
  const mine = await Shop.open(signet, shop.owner)
  const theirs = await Shop.open(signet)
  const withKid = (kid: unknown) => {
    const [, ...rest] = shop.token().split('.')
    return [Buffer.from(JSON.stringify({ alg: 'HS256', kid })).toString('base64url'), ...rest].join('.')
  }
  expect(await hint(withKid(mine.keyId))).toBe('The kid in the header is of a key of your project "Shop".')
  expect(await hint(withKid(theirs.keyId))).toContain('is of no key here')
  expect(await hint(withKid(7))).toContain('is not text')
  expect(await hint(shop.token({ aud: mine.id }))).toContain('for your project "Shop"')
  expect(await hint(shop.token({ aud: theirs.id }))).toBe(`aud must be the id of this project: ${shop.id}.`)
})

test('[VS13][VT18] a public key that was taken for a secret is told', async () => {
  const pair = await KeyPair.make('RS256')
  await shop.owner.caller.call('POST /projects/:project/public-keys', { ...project(), body: { pem: pair.pem } })
  for (const secret of [pair.pem, pair.pem.trim(), pair.pem.trim().replaceAll('\n', '\r\n')]) {
    expect(await hint(sign(secret))).toContain('your public key as if it were a secret')
  }
})

test('[VS13][VT18] a set of keys that cannot be fetched is told', async () => {
  const { KeySetUnreachable } = await import('../../keys/fetch-key-set.ts')
  const [pair, other] = [await KeyPair.make('ES256', 'a'), await KeyPair.make('ES256', 'b')]
  const { keys } = signet.app.model
  keys.fetchKeySet = async () => [{ algorithm: 'ES256', kid: 'a', jwk: pair.jwk }]
  const body = { jwksUrl: 'https://site.test/keys' }
  await shop.owner.caller.call('POST /projects/:project/public-keys', { ...project(), body })
  const unknown = async () => hint(await other.sign(signet.clock, shop.id))
  expect(await unknown()).toBe('The set at the JWKS address has no key with this kid for this alg.')
  keys.fetchKeySet = async () => {
    throw new KeySetUnreachable('The address answered with status 500.')
  }
  signet.clock.advance(60_000)
  expect(await unknown()).toBe(
    'The kid is of no key here, and the set could not be fetched anew. The address answered with status 500.',
  )
})

test('[VS13][VT18] nothing is told of a set of another project, whose key’s id stands in its messages', async () => {
  const theirs = await Shop.open(signet)
  const pair = await KeyPair.make('ES256', 'a')
  signet.app.model.keys.fetchKeySet = async () => [{ algorithm: 'ES256', kid: 'a', jwk: pair.jwk }]
  const registered = await theirs.owner.caller.call('POST /projects/:project/public-keys', {
    params: { project: theirs.id },
    body: { jwksUrl: 'https://site.test/keys' },
  })
  const withKid = (kid: string) => {
    const [, ...rest] = shop.token().split('.')
    return [Buffer.from(JSON.stringify({ alg: 'HS256', kid })).toString('base64url'), ...rest].join('.')
  }
  const usual = await hint(withKid(crypto.randomUUID()))
  expect(await hint(withKid(registered.id))).toBe(usual)
  await signet.app.model.database.transaction((tx) =>
    tx.rows('update public_keys set failure = ? where id = ?', ['The address did not answer.', registered.id]),
  )
  expect(await hint(withKid(registered.id))).toBe(usual)
})

test('[VS13] the token is in no file and in no log', async () => {
  const bad = sign('not the secret', { external_id: 'somebody-who-is-not-kept' })
  await check(bad)
  const payload = bad.split('.')[1] ?? ''
  expect(findAtRest(signet.dataDir, payload)).toEqual([])
  expect(findAtRest(signet.dataDir, Buffer.from('somebody-who-is-not-kept').toString('base64url'))).toEqual([])
  const log = await shop.owner.caller.call('GET /projects/:project/sign-in-log', { ...project(), query: {} })
  expect(log.refusals).toEqual([])
})
