/** The refusals of a sign-in, in a few words each: for lists, where the whole sentence would be too long. */
interface Refusal {
  code: string
  field?: string | null
}

const words: Record<string, string> = {
  token_malformed: 'Not a JWT',
  algorithm_not_allowed: 'Algorithm not accepted',
  no_signing_key: 'No key to verify it with',
  key_unknown: 'Unknown key',
  signature_invalid: 'Wrong signature',
  secret_revoked: 'Signed with a revoked secret',
  claim_missing: 'A claim is missing',
  time_in_milliseconds: 'A time in milliseconds',
  issued_in_future: 'Issued in the future',
  claim_invalid: 'A claim cannot be right',
  lifetime_too_long: 'Lives longer than 10 minutes',
  token_expired: 'Expired',
  token_not_yet_valid: 'Not valid yet',
  audience_mismatch: 'Meant for another project',
  nonce_mismatch: 'Made for another browser',
  token_replayed: 'Used before',
  authentication_required: 'Came without a token',
  origin_not_allowed: 'From a site that is not allowed',
  banned: 'Banned',
  rate_limited: 'Too many refused attempts',
}

/** With the claim that it is about where there is one; a code that is new to this page stands for itself. */
export function refusalWords({ code, field }: Refusal): string {
  if (field && code === 'claim_missing') return `${field} is missing`
  if (field && code === 'claim_invalid') return `${field} cannot be right`
  if (field && code === 'time_in_milliseconds') return `${field} is in milliseconds`
  return words[code] ?? code
}
