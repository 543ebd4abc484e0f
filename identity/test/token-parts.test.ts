import { expect, test } from 'vitest'
import { base64url, claimsWith, refusalOf, sign, signParts, signRaw } from './signed-token.ts'

const token = sign(claimsWith())
const header = '{"alg":"HS256"}'
const payload = JSON.stringify(claimsWith())

/** A token of exactly this many characters, which every rule but the length accepts. */
function tokenOfLength(length: number): string {
  for (let filling = length / 2; filling < length; filling++) {
    const sized = sign(claimsWith({ dropped: 'x'.repeat(filling) }))
    if (sized.length === length) return sized
  }
  // A part never has 4n + 1 characters, so some lengths need another header.
  for (let filling = length / 2; filling < length; filling++) {
    const sized = sign(claimsWith({ dropped: 'x'.repeat(filling) }), { alg: 'HS256' })
    if (sized.length === length) return sized
  }
  throw new Error(`No token has ${length} characters`)
}

test('[VT1] takes 8 KiB and refuses one character more', async () => {
  expect(await refusalOf(tokenOfLength(8192))).toBe('accepted')
  expect(await refusalOf(tokenOfLength(8193))).toBe('token_malformed')
})

test('[VT1] does not count a prefix as part of the token', async () => {
  expect(await refusalOf(`JWT ${tokenOfLength(8192)}`)).toBe('accepted')
})

test.each([
  ['nothing', ''],
  ['only a prefix', 'JWT '],
  ['one part', 'abc'],
  ['two parts', token.split('.').slice(0, 2).join('.')],
  ['four parts', `${token}.e30`],
  ['five parts, as an encrypted token has', `${token}.e30.e30`],
  ['a dot too many at the end', `${token}.`],
  ['a dot too many at the start', `.${token}`],
])('[VT1] refuses %s', async (_, given) => {
  expect(await refusalOf(given)).toBe('token_malformed')
})

test.each([
  ['an array', '[]'],
  ['null', 'null'],
  ['a text', '"HS256"'],
  ['a number', '7'],
  ['nothing', ''],
  ['no JSON', '{alg:"HS256"}'],
  ['JSON with something behind it', '{"alg":"HS256"} x'],
  ['JSON with a comma too many', '{"alg":"HS256",}'],
])('[VT1] refuses a header or payload that is %s', async (_, part) => {
  expect(await refusalOf(signRaw(part, payload))).toBe('token_malformed')
  expect(await refusalOf(signRaw(header, part))).toBe('token_malformed')
})

test('[VT1] takes JSON with white space in it', async () => {
  expect(await refusalOf(signRaw(`\n ${header}\t`, JSON.stringify(claimsWith(), null, 2)))).toBe('accepted')
})

test('[VT1] looks at the form before anything else', async () => {
  expect(await refusalOf(signParts(base64url('{"alg":"none"}'), base64url('[]')))).toBe('token_malformed')
})

test.each([['JWT'], ['jwt'], ['Bearer'], ['bEaReR'], ['JWT JWT'], ['Bearer JWT bearer jwt'], ['JWT  ']])(
  '[VT15] strips "%s "',
  async (prefix) => {
    expect(await refusalOf(`${prefix} ${token}`)).toBe('accepted')
  },
)

test.each([['JWT'], ['Basic '], ['JWT\t'], [' JWT '], ['JWT\u00a0'], ['ſBearer ']])(
  '[VT15] strips nothing else: "%s"',
  async (prefix) => {
    expect(await refusalOf(`${prefix}${token}`)).toBe('token_malformed')
  },
)
