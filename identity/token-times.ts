import { formOf } from './claim-form.ts'
import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'

// All in seconds, as in the token. 10¹¹ seconds is the year 5138; 10¹¹ milliseconds was in 1973.
const firstMillisecondTime = 1e11
const allowedSkew = 120
const maxLifetime = 600

/** Seconds since 1970, with or without a fraction. */
export interface TokenTimes {
  iat: number
  exp: number
  nbf: number | null
}

/** VT7. */
export function refuseMilliseconds(claims: JsonObject): void {
  for (const field of ['iat', 'exp']) {
    const time = claims.get(field)
    if (typeof time === 'number' && time >= firstMillisecondTime) {
      throw new TokenRefused('time_in_milliseconds', { field })
    }
  }
}

/** VT8. `now` in milliseconds. */
export function refuseFuture(claims: JsonObject, now: number): void {
  const iat = claims.get('iat')
  if (typeof iat !== 'number') return
  const ahead = iat - now / 1000
  if (ahead > allowedSkew) throw new TokenRefused('issued_in_future', { detail: `${Math.round(ahead)} s ahead` })
}

/** VT9. */
export function readTimes(claims: JsonObject): TokenTimes {
  const iat = readTime(claims, 'iat')
  const exp = !claims.has('exp') && formOf(claims) === 'later' ? iat + maxLifetime : readTime(claims, 'exp')
  const nbf = claims.has('nbf') ? readTime(claims, 'nbf') : null
  if (exp <= iat) throw new TokenRefused('claim_invalid', { field: 'exp', detail: 'not after iat' })
  if (exp - iat > maxLifetime) {
    throw new TokenRefused('lifetime_too_long', { field: 'exp', detail: `${Math.round(exp - iat)} s` })
  }
  return { iat, exp, nbf }
}

/** VT10. `now` in milliseconds. */
export function refuseOutOfTime({ exp, nbf }: TokenTimes, now: number): void {
  const seconds = now / 1000
  if (exp <= seconds) throw new TokenRefused('token_expired', { detail: `${Math.round(seconds - exp)} s ago` })
  if (nbf === null) return
  const ahead = nbf - seconds
  if (ahead > allowedSkew) throw new TokenRefused('token_not_yet_valid', { detail: `${Math.round(ahead)} s ahead` })
}

function readTime(claims: JsonObject, field: string): number {
  const time = claims.get(field)
  if (typeof time === 'number' && Number.isFinite(time)) return time
  throw new TokenRefused('claim_invalid', { field, detail: 'not a finite number' })
}
