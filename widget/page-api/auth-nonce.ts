import type { Shelf } from '../shelf.ts'
import { keepVerifier, verifierOf } from '../verifier.ts'

/**
 * The hash of this browser's verifier, for the page to have signed as `nonce` (VT13a): a token that leaks is worth
 * nothing in a browser that does not keep the verifier.
 */
export async function authNonce(shelf: Shelf): Promise<string> {
  const { subtle } = crypto
  if (!subtle) throw Object.assign(new Error('Browsers hash on pages of https only.'), { code: 'nonce_unavailable' })
  const verifier = verifierOf(shelf) ?? keepVerifier(shelf, base64url(crypto.getRandomValues(new Uint8Array(32))))
  return base64url(new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}
