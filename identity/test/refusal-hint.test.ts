import { expect, test } from 'vitest'
import { TokenRefused } from '../errors.ts'
import { hintFor } from '../refusal-hint.ts'
import { checkVisitorToken } from '../visitor-token.ts'
import { claimsWith, inputFor, now, otherSecret, project, seconds, sign } from './signed-token.ts'

async function hint(token: string, changed: Parameters<typeof inputFor>[1] = {}): Promise<string | undefined> {
  const { result } = await checkVisitorToken(inputFor(token, changed))
  if (!(result instanceof TokenRefused)) throw new Error('It was accepted.')
  return hintFor(result, { project, now, token })
}

test.each([
  ['', /did not get one/],
  ['undefined', /did not get one/],
  ['Bearer null', /did not get one/],
  ['[object Promise]', /await the token/],
  ['[object Object]', /object as text/],
  ['<!doctype html>', /HTML/],
  ['{"token":"a.b.c"}', /passes JSON/],
  ['"a.b.c"', /quotation marks/],
  [`${sign(claimsWith())}\n`, /white space/],
  ['sgn_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', /must never be in a page/],
  ['a.b.c.d.e', /JWE/],
  ['one.two', /three parts/],
  ['eyJhbGciOiJIUzI1NiJ9.eyJ4IjoxfQ==.AA', /plain base64/],
  [`${sign(claimsWith())}${'x'.repeat(9_000)}`, /Longer than 8 KiB/],
])('[VT18] of what is no token at all, it says what it looks like: %s', async (token, expected) => {
  expect(await hint(token)).toMatch(expected)
})

test.each([
  ['none', /not signed at all/],
  ['HS512', /signed with HS512\. Tell your JWT library to use HS256/],
  ['PS256', /signed with PS256/],
  ['<script>', /^Tell your JWT library to use HS256/],
  ['ES256', /no public key for this algorithm/],
])('[VT18] of the algorithm %s it says what to use', async (alg, expected) => {
  expect(await hint(sign(claimsWith(), { alg }))).toMatch(expected)
})

test('[VT18] of a header that may not be there, that it is to go', async () => {
  expect(await hint(sign(claimsWith(), { alg: 'HS256', jku: 'https://evil.test' }))).toBe(
    "Take jku out of the token's header.",
  )
})

test.each([
  [
    'external_id',
    { external_id: undefined, sub: '42' },
    /your own id of the customer.*has sub; the name must be external_id/,
  ],
  ['external_id', { external_id: undefined, userId: '42' }, /has userId/],
  ['exp', { exp: undefined, expiresIn: 300 }, /300 more, in seconds.*has expiresIn/],
  ['iat', { iat: undefined }, /^Add iat: the time of signing, in seconds\.$/],
])('[VT18] of a claim that is missing, which one to add: %s', async (_claim, changed, expected) => {
  expect(await hint(sign(claimsWith(changed)))).toMatch(expected)
})

test.each([
  ['a clock that is ahead', { iat: seconds + 200, exp: seconds + 300 }, /clock.*200 s ahead/],
  ['local time for UTC, ahead', { iat: seconds + 7_203, exp: seconds + 7_300 }, /2 h ahead.*local time/],
  ['local time for UTC, behind', { iat: seconds - 19_800, exp: seconds - 19_500 }, /5\.5 h ago.*local time/],
  ['a token that was kept', { iat: seconds - 900, exp: seconds - 600 }, /ran out 600 s ago\. Sign a fresh token/],
  ['a long life', { exp: seconds + 3600 }, /exp is 3600 s after iat/],
  ['milliseconds', { exp: now }, /Divide exp by 1000/],
  ['a time that is text', { iat: '1' }, /iat must be a number of seconds/],
  ['an end before the beginning', { exp: seconds }, /later than iat/],
  ['nbf', { nbf: seconds + 400 }, /nbf is 400 s ahead/],
  ['a number for an id', { external_id: 7 }, /external_id must be text/],
  ['an empty id', { external_id: '' }, /only sign in people whom your site knows/],
  ['an e-mail', { email: 'nobody' }, /Email: not an e-mail address/],
  ['another audience', { aud: 'x' }, /aud must be the id of this project/],
  ['another browser', { nonce: 'x' }, /getAuthNonce/],
])('[VT18] of %s it says what to do', async (_what, changed, expected) => {
  expect(await hint(sign(claimsWith(changed)))).toMatch(expected)
})

test('[VT18] of keys that are not there, where to get one', async () => {
  const token = sign(claimsWith())
  expect(await hint(token, { keys: [], algorithms: [] })).toMatch(/Generate a shared secret/)
  expect(await hint(sign(claimsWith(), { alg: 'HS256', kid: 'other' }))).toMatch(/kid.*no key here/)
  expect(await hint(sign(claimsWith(), undefined, otherSecret))).toMatch(/Copy the secret again/)
})

test('[VS12] no hint holds a value of a claim, whatever is in the token', async () => {
  const mark = 'MARK'
  const marked = { external_id: mark, name: mark, email: mark, aud: mark, sub: mark, jti: mark, nonce: mark, kid: mark }
  const tokens = [
    sign({ ...marked, iat: mark, exp: mark }),
    sign({ ...marked, iat: seconds, exp: seconds + 300 }),
    sign({ iat: seconds, exp: seconds + 300, sub: mark }),
    sign(claimsWith({ aud: mark })),
    sign(claimsWith({ nonce: mark })),
    sign(claimsWith(), { alg: mark }),
    sign(claimsWith(), { alg: 'HS256', kid: mark }),
    mark,
    `"${mark}"`,
  ]
  for (const token of tokens) expect(await hint(token)).not.toContain(mark)
})

test('[VT18] without the token, a hint is made of what was refused alone', () => {
  const of = (...refused: ConstructorParameters<typeof TokenRefused>) =>
    hintFor(new TokenRefused(...refused), { project, now })
  expect(of('issued_in_future', { detail: '130 s ahead' })).toMatch(/130 s ahead/)
  expect(of('token_malformed', { detail: 'not three parts' })).toBe('Not three parts.')
  expect(of('token_malformed')).toBeUndefined()
})
