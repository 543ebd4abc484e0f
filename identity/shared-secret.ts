import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A new shared secret: `sgn_` and 32 random bytes in base64url, 47 characters in all (SS2).
 * `last4` are its last four characters, by which people tell secrets apart once the whole is hidden.
 */
export function createSharedSecret(): { secret: string; last4: string } {
  const secret = `sgn_${randomBytes(32).toString('base64url')}`
  return { secret, last4: secret.slice(-4) }
}

/** Tells whether a signature is the secret's, and can do nothing else: neither sign nor be read again (SS3). */
export type SecretVerifier = (signed: string, signature: Uint8Array) => boolean

/**
 * The HS256 key of a shared secret. It verifies at once and in this thread: WebCrypto's way through another one takes
 * several times as long as the HMAC itself.
 *
 * The key is the UTF-8 bytes of the whole string with its prefix, because that is what a JWT library makes of a
 * string. Throws a `RangeError` for an empty secret, with which anybody could sign.
 */
export function importSharedSecret(secret: string): SecretVerifier {
  if (secret === '') throw new RangeError('A shared secret is never empty')
  const key = createSecretKey(secret, 'utf8')
  return (signed, signature) => {
    const mac = createHmac('sha256', key).update(signed).digest()
    // How long a signature is, anybody may know; comparing takes as long wherever it differs.
    return signature.length === mac.length && timingSafeEqual(signature, mac)
  }
}
