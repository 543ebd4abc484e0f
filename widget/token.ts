/** Any number of the prefixes that pages put before a token, in any case (VT15). */
export function bareToken(token: string): string {
  return token.trim().replace(/^((jwt|bearer)\s+)+/i, '')
}

/**
 * Whom a token claims to be for, unverified. Good for one thing only: to take somebody else's conversations off the
 * screen before the server has answered.
 */
export function claimedIdentity(token: string): string | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0))
    const claims: { external_id?: unknown; _id?: unknown } = JSON.parse(new TextDecoder().decode(bytes))
    const id = claims.external_id ?? claims._id
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
