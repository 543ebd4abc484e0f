import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkVisitorToken } from '../visitor-token.ts'
import {
  base64url,
  claimsWith,
  inputFor,
  now,
  project,
  refusalOf,
  seconds,
  sign,
  signRaw,
  verify,
} from './signed-token.ts'

const token = sign(claimsWith({ aud: project.id, attributes: { plan: 'gold' } }))
const refusal = /^[a-z_]+( \w+)?$/

test('[VT5] a good token with any one character changed is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(token.length - 1),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      async (at, to) => {
        fc.pre(token[at] !== to)
        const changed = token.slice(0, at) + to + token.slice(at + 1)
        const answer = await refusalOf(changed)
        expect(answer).toMatch(refusal)
        expect(answer).not.toBe('accepted')
      },
    ),
    { numRuns: 2000 },
  )
})

test('[VT5] a good token with any bit of its decoded parts turned is refused', async () => {
  const parts = token.split('.').map((part) => Buffer.from(part, 'base64url'))
  for (const [place, bytes] of parts.entries()) {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes)
      turned[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const changed = parts.map((part, index) => base64url(index === place ? turned : part)).join('.')
      expect(await refusalOf(changed)).toMatch(/^(token_malformed|algorithm_not_allowed alg|signature_invalid)$/)
    }
  }
})

test('[VT1] no text is ever answered with anything but a refusal', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('.', 'JWT ', 'Bearer ', '=', '\n', 'e30', ...token.split('.')),
    fc.json().map(base64url),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom('', '.'), async (pieces, between) => {
      const given = pieces.join(between)
      fc.pre(!given.endsWith(token))
      expect(await refusalOf(given)).not.toBe('accepted')
    }),
    { numRuns: 3000 },
  )
})

test('[VT1] no signed bytes are ever answered with anything but a refusal', async () => {
  const bytes = fc.uint8Array({ maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (header, payload) => {
      expect(await refusalOf(signRaw(header, payload))).toMatch(refusal)
      expect(await refusalOf(signRaw('{"alg":"HS256"}', payload))).toMatch(refusal)
    }),
    { numRuns: 500 },
  )
})

const claimValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    now,
    seconds,
    seconds + 60,
    seconds - 60,
    '',
    null,
    project.id,
    'userexternal',
    'a@b.c',
    1e300,
  ),
  fc.string({ unit: 'binary' }),
)
const claimName = fc.oneof(
  fc.constantFrom('external_id', 'iat', 'exp', 'nbf', 'aud', 'name', 'email', 'phone', 'attributes', 'nonce', 'jti'),
  fc.constantFrom('_id', 'firstname', 'lastname', 'sub', '__proto__', 'constructor', 'toString', 'role'),
  fc.string(),
)

test('[VT14] any claims give an identity of the promised shape, or a refusal', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.dictionary(claimName, claimValue), async (soundTimes, changed) => {
      const claims = soundTimes
        ? { ...claimsWith(), ...changed, iat: seconds, exp: seconds + 60 }
        : { ...claimsWith(), ...changed }
      const given = sign(claims)
      const answer = await refusalOf(given)
      expect(answer).toMatch(refusal)
      const check = await checkVisitorToken(inputFor(given))
      expect('identity' in check.result).toBe(answer === 'accepted')
      if (answer !== 'accepted') return
      accepted += 1
      const identity = await verify(given)
      expect(identity.externalId).toMatch(/^.{1,255}$/s)
      for (const text of [identity.name, identity.email, identity.phone]) {
        if (text !== null) expect(text).toMatch(/^\P{Cc}{1,255}$/u)
      }
      expect(Buffer.byteLength(JSON.stringify(identity.attributes))).toBeLessThanOrEqual(4096)
      expect(Object.getPrototypeOf(identity.attributes)).toBe(Object.prototype)
      expect(Number.isSafeInteger(identity.issuedAt) && Number.isSafeInteger(identity.expiresAt)).toBe(true)
      expect(identity.expiresAt).toBeGreaterThan(now)
    }),
    { numRuns: 2000 },
  )
  // A property that never saw a good token would have proved nothing.
  expect(accepted).toBeGreaterThan(50)
})

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((each) => each.length <= 255 && !/\p{Cc}/u.test(each))
const goodClaims = fc.record({
  external_id: text,
  name: text,
  phone: text,
  email: fc.emailAddress(),
  attributes: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(text, fc.integer(), fc.boolean()), {
    maxKeys: 5,
  }),
  age: fc.integer({ min: -120, max: 299 }),
  lifetime: fc.integer({ min: 300, max: 600 }),
})

test('[VT14] whatever good claims say comes out as they said it', async () => {
  await fc.assert(
    fc.asyncProperty(goodClaims, async ({ age, lifetime, external_id, ...said }) => {
      fc.pre(lifetime > age && said.email.length <= 255)
      const { constructor: _, prototype: __, ...attributes } = said.attributes as Record<string, unknown>
      const iat = seconds - age
      const identity = await verify(sign({ external_id, ...said, iat, exp: iat + lifetime }))
      expect(identity).toEqual({
        ...said,
        attributes,
        externalId: external_id,
        issuedAt: iat * 1000,
        expiresAt: (iat + lifetime) * 1000,
        tokenId: null,
        boundToBrowser: false,
      })
    }),
    { numRuns: 500 },
  )
})
