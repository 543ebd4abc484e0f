import { createHash, randomBytes } from 'node:crypto'

/** A new session: `token` (32 random bytes in base64url) is for its bearer alone, `hash` is what may be stored (VS1). */
export function createSessionToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashSessionToken(token) }
}

/**
 * SHA-256 of a session token, in base64url: 43 characters, whatever is given. No salt and no stretching: 256 random
 * bits can be neither guessed nor listed, and a session is looked up by this hash at every call.
 */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
