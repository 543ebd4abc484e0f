import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { claimsWith, refusalOf, sign, signRaw, verify } from './signed-token.ts'

const verifier = 'a-verifier-that-only-one-browser-has-0123456789'
const nonce = createHash('sha256').update(verifier).digest('base64url')

test('[VT13] takes a nonce whose verifier comes along', async () => {
  const identity = await verify(sign(claimsWith({ nonce })), { verifier })
  expect(identity.boundToBrowser).toBe(true)
})

test('[VT13] a verifier without a nonce binds nothing', async () => {
  expect((await verify(sign(claimsWith()), { verifier })).boundToBrowser).toBe(false)
})

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['another', `${verifier}x`],
  ['the nonce itself', nonce],
])('[VT13] refuses a nonce when the verifier is %s', async (_, given) => {
  expect(await refusalOf(sign(claimsWith({ nonce })), { verifier: given })).toBe('nonce_mismatch nonce')
})

test.each([
  ['empty', ''],
  ['null', null],
  ['a list', [nonce]],
  ['the verifier itself', verifier],
  ['the hash in hex', createHash('sha256').update(verifier).digest('hex')],
  ['the hash in padded base64', createHash('sha256').update(verifier).digest('base64')],
  ['the hash and something more', `${nonce}A`],
])('[VT13] refuses a nonce that is %s', async (_, given) => {
  expect(await refusalOf(sign(claimsWith({ nonce: given })), { verifier })).toBe('nonce_mismatch nonce')
})

test('[VT13] the verifier of nothing is not the hash of nothing', async () => {
  const hashOfNothing = createHash('sha256').update('').digest('base64url')
  expect(await refusalOf(sign(claimsWith({ nonce: hashOfNothing })))).toBe('nonce_mismatch nonce')
})

test('[VT13] gives the jti to whoever remembers used tokens, and only a usable one', async () => {
  expect((await verify(sign(claimsWith({ jti: 'once' })))).tokenId).toBe('once')
  for (const jti of [undefined, null, '', 7, ['once'], 'x'.repeat(256), 'a\0b']) {
    expect((await verify(sign(claimsWith({ jti })))).tokenId).toBeNull()
  }
  const payload = JSON.stringify(claimsWith({ jti: '?' })).replace('"?"', '"\\ud800"')
  expect((await verify(signRaw('{"alg":"HS256"}', payload))).tokenId).toBeNull()
})
