import { expect, test } from 'vitest'
import { checkNonce } from '../../identity/browser-binding.ts'
import { authNonce } from '../page-api/auth-nonce.ts'
import { verifierOf } from '../verifier.ts'
import { fakeBrowser } from './fake-shelf.ts'

const claimsWith = (nonce: string) => new Map<string, unknown>([['nonce', nonce]])

test('[VT13a] what the page has signed is good with this browser’s verifier, and with no other', async () => {
  const mine = fakeBrowser().tab()
  const others = fakeBrowser().tab()
  const claims = claimsWith(await authNonce(mine))
  await authNonce(others)
  expect(checkNonce(claims, verifierOf(mine))).toBe(true)
  expect(() => checkNonce(claims, verifierOf(others))).toThrow('nonce_mismatch')
  expect(() => checkNonce(claims, undefined)).toThrow('nonce_mismatch')
})

test('[VT13a] the verifier is 32 random bytes, kept for every tab until the sign-out', async () => {
  const browser = fakeBrowser()
  const nonce = await authNonce(browser.tab())
  const verifier = verifierOf(browser.tab()) ?? ''
  expect(Buffer.from(verifier, 'base64url')).toHaveLength(32)
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(nonce).not.toBe(verifier)
  expect(await authNonce(browser.tab())).toBe(nonce)
  browser.tab().clear()
  expect(verifierOf(browser.tab())).toBeUndefined()
  expect(await authNonce(browser.tab())).not.toBe(nonce)
})

test('[VT13a] nobody has a verifier who never asked for a nonce', () => {
  expect(verifierOf(fakeBrowser().tab())).toBeUndefined()
})
