import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'
import type { Algorithm } from './signing-key.ts'

/** Which names the claims go by: Signet's own, or those of Tiledesk's later tokens (VT16). */
export type ClaimForm = 'own' | 'later'

/** An `external_id` settles it: the later form lets `exp` go, so nothing may slip into it by chance. */
export function formOf(claims: JsonObject): ClaimForm {
  return claims.get('sub') === 'userexternal' && !claims.has('external_id') ? 'later' : 'own'
}

/** VT6, with SS8's `aud`. */
export function refuseMissingClaims(claims: JsonObject, algorithm: Algorithm): void {
  const field = requiredClaims(formOf(claims), algorithm).find((name) => !claims.has(name))
  if (field !== undefined) throw new TokenRefused('claim_missing', { field })
}

function requiredClaims(form: ClaimForm, algorithm: Algorithm): string[] {
  if (form === 'later') return ['_id', 'iat', 'aud']
  // A public key may stand in several projects, so its tokens must say which one they are for.
  return algorithm === 'HS256' ? ['external_id', 'iat', 'exp'] : ['external_id', 'iat', 'exp', 'aud']
}
