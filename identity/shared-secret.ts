import { randomBytes } from 'node:crypto'

/**
 * A new shared secret: `sgn_` and 32 random bytes in base64url, 47 characters in all (SS2).
 * `last4` are its last four characters, by which people tell secrets apart once the whole is hidden.
 */
export function createSharedSecret(): { secret: string; last4: string } {
  const secret = `sgn_${randomBytes(32).toString('base64url')}`
  return { secret, last4: secret.slice(-4) }
}

/**
 * The HS256 key of a shared secret, which can verify and do nothing else. Import once and keep: importing costs more
 * than verifying.
 *
 * The key is the UTF-8 bytes of the whole string with its prefix, because that is what a JWT library makes of a
 * string. Throws a `RangeError` for an empty secret, with which anybody could sign.
 */
export async function importSharedSecret(secret: string): Promise<CryptoKey> {
  if (secret === '') throw new RangeError('A shared secret is never empty')
  const bytes = new TextEncoder().encode(secret)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}
