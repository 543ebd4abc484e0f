/** Why a visitor token was refused. The comments name the rule of SPEC that decides. */
export type TokenErrorCode =
  | 'token_malformed' // VT1
  | 'algorithm_not_allowed' // VT2
  | 'no_signing_key' // VT3
  | 'key_unknown' // VT3
  | 'signature_invalid' // VT5
  | 'secret_revoked' // VT4
  | 'claim_missing' // VT6, VT13
  | 'time_in_milliseconds' // VT7
  | 'issued_in_future' // VT8
  | 'claim_invalid' // VT9, VT11
  | 'lifetime_too_long' // VT9
  | 'token_expired' // VT10
  | 'token_not_yet_valid' // VT10
  | 'audience_mismatch' // VT12
  | 'nonce_mismatch' // VT13
  | 'token_replayed' // VT13, found out by whoever keeps the list of used tokens

/**
 * The one way in which a visitor token fails.
 *
 * `code` and `field` (the name of the claim or header parameter at fault) may be told to the caller. `detail` is one
 * phrase for the sign-in log: it holds sizes and differences of time, never the token or the value of a claim.
 */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly code: TokenErrorCode
  readonly field?: string
  readonly detail?: string
  /** The key that the token is signed with; none, if the signature was not looked at or fits no key. */
  readonly keyId?: string

  constructor(code: TokenErrorCode, about: { field?: string; detail?: string; keyId?: string } = {}) {
    super(about.field === undefined ? code : `${code}: ${about.field}`)
    this.code = code
    if (about.field !== undefined) this.field = about.field
    if (about.detail !== undefined) this.detail = about.detail
    if (about.keyId !== undefined) this.keyId = about.keyId
  }

  /** The same, of a token whose signer is known. */
  signedWith(keyId: string): TokenRefused {
    const { code, field, detail } = this
    return new TokenRefused(code, {
      ...(field !== undefined && { field }),
      ...(detail !== undefined && { detail }),
      keyId,
    })
  }
}
