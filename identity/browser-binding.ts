import { createHash, timingSafeEqual } from 'node:crypto'
import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'

/** VT13. Answers whether the token is good in one browser only: the one that keeps the verifier of its nonce. */
export function checkNonce(claims: JsonObject, verifier: string | undefined): boolean {
  if (!claims.has('nonce')) return false
  const nonce = claims.get('nonce')
  if (typeof nonce !== 'string' || verifier === undefined || !isHashOf(nonce, verifier)) {
    throw new TokenRefused('nonce_mismatch', { field: 'nonce' })
  }
  return true
}

/** What tells this token from every other, where the project asks for single use. Anything but a sane text is none. */
export function readTokenId(claims: JsonObject): string | null {
  const id = claims.get('jti')
  const usable = typeof id === 'string' && id !== '' && id.length <= 255 && !/\p{Cc}/u.test(id) && id.isWellFormed()
  return usable ? id : null
}

function isHashOf(nonce: string, verifier: string): boolean {
  const expected = Buffer.from(createHash('sha256').update(verifier).digest('base64url'))
  const given = Buffer.from(nonce)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
