/** Well-signed tokens whose claims try to be somebody else, to live longer, or to break whoever stores them. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { claimsWith, project, refusalOf, seconds, secret, sign, signRaw, verify } from '../signed-token.ts'

const header = '{"alg":"HS256"}'
/** A payload as JSON text, for values that JSON.stringify would not write. */
const withRaw = (claim: string, json: string) => {
  const claims = JSON.stringify(claimsWith({ [claim]: undefined }))
  return signRaw(header, `{"${claim}":${json},${claims.slice(1)}`)
}

const notTexts: [string, unknown][] = [
  ['a number', 42],
  ['zero', 0],
  ['a negative number', -1],
  ['true', true],
  ['false', false],
  ['a list', ['customer-42']],
  ['an empty list', []],
  ['an object', { $ne: null }],
  ['an object with a length', { length: 11, 0: 'c' }],
  ['an object that would become a text', { toString: 'customer-42' }],
]
const badTexts: [string, string][] = [
  ['256 characters', 'x'.repeat(256)],
  ['5,000 characters', 'x'.repeat(5_000)],
  ['a NUL', 'customer\0-42'],
  ['a line feed', 'customer\n42'],
  ['a carriage return, for a header', 'x\r\nSet-Cookie: a=b'],
  ['an escape, for a terminal', '\u001b[31mred'],
  ['a bell', '\u0007'],
  ['a delete', '\u007f'],
  ['a control character of the second row', '\u0085'],
  ['half a character', 'a\ud800'],
  ['the other half', '\udc00a'],
  ['two halves the wrong way round', '\udc00\ud800'],
]

for (const claim of ['external_id', 'name', 'email', 'phone']) {
  test.each([...notTexts, ...badTexts])(`[VT11] refuses ${claim} as %s`, async (_, value) => {
    expect(await refusalOf(sign(claimsWith({ [claim]: value })))).toBe(`claim_invalid ${claim}`)
  })
}

test.each([
  ['nothing', ''],
  ['null', null],
])('[VT11] refuses an external_id that is %s', async (_, value) => {
  expect(await refusalOf(sign(claimsWith({ external_id: value })))).toBe('claim_invalid external_id')
})

test.each([
  'ada',
  '@shop.test',
  'ada@',
  'ada@@shop.test',
  'ada @shop.test',
  'ada@shop test',
  'ada@shop.test ',
  'ada@shop.test,eve@evil.test',
  'ada@shop.test@evil.test',
  '<ada@shop.test> ada',
])('[VT11] refuses the e-mail "%s"', async (email) => {
  expect(await refusalOf(sign(claimsWith({ email })))).toBe('claim_invalid email')
})

test.each([
  ["SQL, which is a person's id like any other", "'; drop table visitors; --"],
  ['HTML', '<img src=x onerror=alert(1)>'],
  ['a template', '{{7*7}}<%= 7*7 %>'],
  ['a path', '../../etc/passwd'],
  ['a name on the prototype', '__proto__'],
  ['another name on the prototype', 'constructor'],
  ['a pattern of a bus', '*'],
  ['a channel of a bus', 'project:0199a8c0-0000-7000-8000-00000000000a'],
  ['a right-to-left override', '\u202egro.elpmaxe'],
  ['characters without width', 'a\u200bb'],
  ['255 emoji halves', '🦊'.repeat(127)],
])('[VT14] takes an external_id that is %s, as it is', async (_, externalId) => {
  expect(await verify(sign(claimsWith({ external_id: externalId })))).toMatchObject({ externalId })
})

const times: [string, Record<string, unknown>, string][] = [
  ['no iat', { iat: undefined }, 'claim_missing iat'],
  ['no exp', { exp: undefined }, 'claim_missing exp'],
  ['no external_id', { external_id: undefined }, 'claim_missing external_id'],
  ['iat as a text', { iat: String(seconds) }, 'claim_invalid iat'],
  ['exp as a text', { exp: String(seconds + 300) }, 'claim_invalid exp'],
  ['exp as a date', { exp: '2030-01-01T00:00:00Z' }, 'claim_invalid exp'],
  ['iat null', { iat: null }, 'claim_invalid iat'],
  ['exp null', { exp: null }, 'claim_invalid exp'],
  ['exp in a list', { exp: [seconds + 300] }, 'claim_invalid exp'],
  ['exp as an object', { exp: { valueOf: seconds + 300 } }, 'claim_invalid exp'],
  ['exp true', { exp: true }, 'claim_invalid exp'],
  ['exp false', { exp: false }, 'claim_invalid exp'],
  ['iat in milliseconds', { iat: seconds * 1000 }, 'time_in_milliseconds iat'],
  ['exp in milliseconds', { exp: (seconds + 300) * 1000 }, 'time_in_milliseconds exp'],
  ['exp in microseconds', { exp: seconds * 1e6 }, 'time_in_milliseconds exp'],
  ['exp the largest safe number', { exp: Number.MAX_SAFE_INTEGER }, 'time_in_milliseconds exp'],
  ['exp in the year 5138', { exp: 99_999_999_999 }, 'lifetime_too_long exp'],
  ['iat 121 s ahead', { iat: seconds + 121, exp: seconds + 400 }, 'issued_in_future'],
  ['iat a year ahead', { iat: seconds + 31_536_000, exp: seconds + 31_536_300 }, 'issued_in_future'],
  ['exp before iat', { exp: seconds - 1 }, 'claim_invalid exp'],
  ['exp at iat', { exp: seconds }, 'claim_invalid exp'],
  ['exp zero', { exp: 0 }, 'claim_invalid exp'],
  ['exp negative', { exp: -1 }, 'claim_invalid exp'],
  ['iat negative', { iat: -1, exp: 599 }, 'token_expired'],
  ['iat zero', { iat: 0, exp: 600 }, 'token_expired'],
  ['601 s to live', { exp: seconds + 601 }, 'lifetime_too_long exp'],
  ['600.1 s to live', { exp: seconds + 600.1 }, 'lifetime_too_long exp'],
  ['an iat far back, to live longer', { iat: 0 }, 'lifetime_too_long exp'],
  ['an end in this very second', { iat: seconds - 300, exp: seconds }, 'token_expired'],
  ['an end one second ago', { iat: seconds - 300, exp: seconds - 1 }, 'token_expired'],
  ['an end an hour ago', { iat: seconds - 3_900, exp: seconds - 3_600 }, 'token_expired'],
  ['nbf 121 s ahead', { nbf: seconds + 121 }, 'token_not_yet_valid'],
  ['nbf as a text', { nbf: String(seconds) }, 'claim_invalid nbf'],
  ['nbf null', { nbf: null }, 'claim_invalid nbf'],
  ['nbf in a list', { nbf: [seconds] }, 'claim_invalid nbf'],
]

test.each(times)('[VT6] [VT7] [VT8] [VT9] [VT10] refuses %s', async (_, changed, refusal) => {
  expect(await refusalOf(sign(claimsWith(changed)))).toBe(refusal)
})

test.each([
  ['infinite', '1e400', 'time_in_milliseconds exp'],
  ['infinitely negative', '-1e400', 'claim_invalid exp'],
  ['a denormal', '5e-324', 'claim_invalid exp'],
  ['minus zero', '-0', 'claim_invalid exp'],
  ['of 400 digits', '9'.repeat(400), 'time_in_milliseconds exp'],
  ['of 7,000 digits behind the point', `${seconds + 300}.${'0'.repeat(2_000)}`, 'accepted'],
])('[VT7] [VT9] an exp that is %s', async (_, json, refusal) => {
  expect(await refusalOf(withRaw('exp', json))).toBe(refusal)
})

const strangers: [string, unknown][] = [
  ['another project', '0199a8c0-0000-7000-8000-0000000000ff'],
  ['another project of the later form', 'https://tiledesk.com/projects/0199a8c0-0000-7000-8000-0000000000ff'],
  ['this project with something behind it', `${project.id}x`],
  ['this project with a slash behind it', `https://tiledesk.com/projects/${project.id}/`],
  ['this project as part of a longer id', `x${project.id}`],
  ['this project in a query', `https://evil.test/?x=/projects/${project.id}&`],
  ['this project in capitals', project.id.toUpperCase()],
  ['this project and a space', `${project.id} `],
  ['this project and a NUL', `${project.id}\0`],
  ['a prefix of this project', project.id.slice(0, -1)],
  ['nothing', ''],
  ['a wildcard', '*'],
  ['null', null],
  ['a number', 0],
  ['true', true],
  ['an empty list', []],
  ['a list of others', ['a', 'b']],
  ['a list in a list', [[project.id]]],
  ['an object', { id: project.id }],
  ['an object with the id as its key', { [project.id]: true }],
  ['a list of objects', [{ toString: project.id }]],
]

test.each(strangers)('[VT12] refuses the audience %s', async (_, aud) => {
  expect(await refusalOf(sign(claimsWith({ aud })))).toBe('audience_mismatch aud')
})

const nonceOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

test.each([
  ['no verifier came', nonceOf('mine'), undefined],
  ['the verifier of another browser came', nonceOf('mine'), 'theirs'],
  ['the nonce itself came as the verifier', nonceOf('mine'), nonceOf('mine')],
  ['the nonce is the verifier', 'mine', 'mine'],
  ['the nonce is empty', '', ''],
  ['the nonce is null', null, 'mine'],
  ['the nonce is a list', [nonceOf('mine')], 'mine'],
  ['the nonce is padded', `${nonceOf('mine')}=`, 'mine'],
  ['the nonce is in hex', createHash('sha256').update('mine').digest('hex'), 'mine'],
  ['the nonce is in standard base64', createHash('sha256').update('mine').digest('base64'), 'mine'],
  ['the nonce is true', true, 'mine'],
])('[VT13] refuses a bound token when %s', async (_, nonce, verifier) => {
  expect(await refusalOf(sign(claimsWith({ nonce })), { verifier })).toBe('nonce_mismatch nonce')
})

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })

test.each([
  ['a text', 'x'],
  ['a number', 1],
  ['true', true],
  ['a list', [1]],
  ['more than 4 KiB', { a: 'x'.repeat(4_096) }],
  ['more than 4 KiB in bytes, though not in characters', { a: 'é'.repeat(2_050) }],
  ['nine levels', deep(9)],
  ['a NUL in a value', { a: '\0' }],
  ['a NUL in a key', { '\0': 1 }],
  ['half a character in a value', { a: '\ud800' }],
  ['half a character in a key', { '\udfff': 1 }],
  ['a NUL deep inside', { a: [{ b: ['\0'] }] }],
])('[VT14] refuses attributes that are or have %s', async (_, attributes) => {
  expect(await refusalOf(sign(claimsWith({ attributes })))).toBe('claim_invalid attributes')
})

test('[VT14] refuses an infinite number in attributes', async () => {
  expect(await refusalOf(withRaw('attributes', '{"a":1e400}'))).toBe('claim_invalid attributes')
})

test('[VT14] nothing reaches a prototype', async () => {
  const attributes = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"a":{"__proto__":[1]}}'
  const identity = await verify(withRaw('attributes', attributes))
  expect(identity.attributes).toEqual({ a: {} })
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
  expect(Object.getPrototypeOf(identity.attributes)).toBe(Object.prototype)
})

test('[VT14] a role, a scope or a project of its own choosing has no effect', async () => {
  const plain = await verify(sign(claimsWith()))
  const greedy = {
    role: 'owner',
    roles: ['admin'],
    scope: '*',
    project_id: 'other',
    sub: 'agent',
    verified: true,
    id: 1,
  }
  expect(await verify(sign(claimsWith(greedy)))).toEqual(plain)
})

test('[VT16] the later form lets exp go, but none of the rest', async () => {
  const later = {
    _id: 'customer-42',
    sub: 'userexternal',
    iat: seconds,
    aud: `https://tiledesk.com/projects/${project.id}`,
  }
  const refusals = await Promise.all(
    [
      later,
      { ...later, iat: seconds - 600 },
      { ...later, iat: seconds - 599 },
      { ...later, aud: undefined },
      { ...later, _id: undefined },
      { ...later, _id: 7 },
      { ...later, external_id: 'admin' },
      { ...later, sub: 'user' },
      { ...later, exp: seconds + 601 },
      { ...later, firstname: 'x'.repeat(200), lastname: 'y'.repeat(200) },
    ].map((claims) => refusalOf(sign(claims))),
  )
  expect(refusals).toEqual([
    'accepted',
    'token_expired',
    'accepted',
    'claim_missing aud',
    'claim_missing _id',
    'claim_invalid _id',
    'claim_missing exp',
    'claim_missing external_id',
    'lifetime_too_long exp',
    'claim_invalid lastname',
  ])
})

test('[VT5] a token whose every byte is flipped in turn is never taken', async () => {
  const token = sign(claimsWith(), { alg: 'HS256' }, secret)
  const refused: string[] = []
  for (let at = 0; at < token.length; at++) {
    const code = token.charCodeAt(at)
    const flipped = `${token.slice(0, at)}${String.fromCharCode(code ^ 1)}${token.slice(at + 1)}`
    refused.push(await refusalOf(flipped))
  }
  expect(refused).not.toContain('accepted')
})
