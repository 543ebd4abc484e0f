import { expect, test } from 'vitest'
import { claimsWith, refusalOf, sign, signRaw, verify } from './signed-token.ts'

const given = (attributes: unknown) => refusalOf(sign(claimsWith({ attributes })))
const kept = async (attributes: unknown) => (await verify(sign(claimsWith({ attributes })))).attributes

/** A token with attributes spelled as they stand, which JSON.stringify would not write. */
function spelled(attributes: string): string {
  return signRaw('{"alg":"HS256"}', JSON.stringify(claimsWith({ attributes: '?' })).replace('"?"', attributes))
}

test('[VT14] keeps attributes as they are', async () => {
  const attributes = { plan: 'gold', seats: 3, since: null, tags: ['a', { b: [true] }], address: { city: 'Lecce\n' } }
  expect(await kept(attributes)).toEqual(attributes)
})

test('[VT14] null, nothing and the empty array of PHP are no attributes', async () => {
  expect(await kept(null)).toEqual({})
  expect(await kept(undefined)).toEqual({})
  expect(await kept([])).toEqual({})
})

test.each([['gold'], [7], [true], [['a']], ['']])('[VT14] refuses attributes that are no object: %j', async (value) => {
  expect(await given(value)).toBe('claim_invalid attributes')
})

test('[VT14] takes 4 KiB of JSON in UTF-8, and no more', async () => {
  const around = Buffer.byteLength('{"a":""}')
  expect(await given({ a: 'x'.repeat(4096 - around) })).toBe('accepted')
  expect(await given({ a: 'x'.repeat(4097 - around) })).toBe('claim_invalid attributes')
  expect(await given({ a: 'é'.repeat(2044) })).toBe('accepted')
  expect(await given({ a: 'é'.repeat(2045) })).toBe('claim_invalid attributes')
})

test('[VT14] takes 8 levels, and no more', async () => {
  const nested = (levels: number) => spelled(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
  const listed = (levels: number) => spelled(`{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`)
  expect(await refusalOf(nested(8))).toBe('accepted')
  expect(await refusalOf(nested(9))).toBe('claim_invalid attributes')
  expect(await refusalOf(listed(8))).toBe('accepted')
  expect(await refusalOf(listed(9))).toBe('claim_invalid attributes')
  expect(await refusalOf(nested(900))).toBe('claim_invalid attributes')
  expect(await refusalOf(listed(2500))).toBe('claim_invalid attributes')
})

test('[VT14] keys that reach for a prototype are left out on every level', async () => {
  const poison = '{"polluted":true}'
  const level = `"__proto__":${poison},"constructor":{"prototype":${poison}},"prototype":${poison}`
  const { attributes } = await verify(spelled(`{${level},"safe":{${level},"list":[{${level},"end":1}]}}`))
  expect(JSON.stringify(attributes)).toBe('{"safe":{"list":[{"end":1}]}}')
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
  expect('polluted' in {}).toBe(false)
})

test.each([
  ['a NUL in a value', '{"a":"\\u0000"}'],
  ['a NUL in a key', '{"\\u0000":1}'],
  ['a lone surrogate in a value', '{"a":["\\ud800"]}'],
  ['a lone surrogate in a key', '{"a":{"\\udc00":1}}'],
  ['a number without end', '{"a":1e400}'],
])('[VT14] refuses attributes with %s', async (_, attributes) => {
  expect(await refusalOf(spelled(attributes))).toBe('claim_invalid attributes')
})
