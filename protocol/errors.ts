/**
 * Every refusal that Signet can give, over HTTP and over the socket.
 *
 * A code is stable: pages and backends may match on it. The sentence is for people and may change.
 * Plain data without a schema library, so that the widget can import it.
 */

/** Why a visitor token was refused (SPEC, VT1–VT13). Always HTTP 401. */
export const tokenErrors = {
  token_malformed: 'The token is not a JWT of three base64url parts with JSON in them.',
  algorithm_not_allowed: 'The token is signed in a way that this project does not accept.',
  no_signing_key: 'This project has no shared secret yet. Generate one in its settings.',
  key_unknown: 'The token names a key that this project does not have.',
  signature_invalid: 'The token was not signed with a key of this project.',
  secret_revoked: 'The token was signed with a secret that has been revoked. Sign with the current one.',
  claim_missing: 'The token lacks a claim that it must have.',
  time_in_milliseconds: 'A time in the token is in milliseconds. JWT times are in seconds.',
  issued_in_future: 'The token is from the future. Set the clock of the server that signs it.',
  claim_invalid: 'A claim of the token has a value that it cannot have.',
  lifetime_too_long: 'The token lives longer than 10 minutes. Bring exp nearer to iat.',
  token_expired: 'The token has expired. Sign a fresh one for each sign-in.',
  token_not_yet_valid: 'The token is not valid yet. Set the clock of the server that signs it.',
  audience_mismatch: 'The token is meant for another project.',
  nonce_mismatch: 'The token was made for another browser.',
  token_replayed: 'The token has been used before.',
} as const

/** Every other refusal, with its HTTP status. */
const otherErrors = {
  invalid_request: [400, 'The request is not of the form that this address takes.'],
  attachment_empty: [400, 'The file is empty.'],
  not_signed_in: [401, 'Sign in first.'],
  wrong_credentials: [401, 'E-mail or password is wrong.'],
  api_key_unknown: [401, 'This API key does not exist, or has been revoked.'],
  session_ended: [401, 'This session has ended. Sign in again.'],
  authentication_required: [401, 'This project admits signed-in visitors only.'],
  forbidden: [403, 'Your role does not allow this.'],
  setup_code_required: [403, 'Open the address that the server printed when it started.'],
  origin_not_allowed: [403, 'This website is not on the list of allowed origins.'],
  attachment_quota_exceeded: [403, 'So many files are too many for one day, or for this project.'],
  banned: [403, 'You can no longer write here.'],
  not_found: [404, 'There is nothing here.'],
  method_not_allowed: [405, 'This address does not take this method.'],
  upload_too_slow: [408, 'The file took too long to arrive. Try again.'],
  already_set_up: [409, 'This installation has an owner already. Sign in.'],
  too_many_keys: [409, 'A project has at most 5 live keys. Revoke one first.'],
  key_not_live: [409, 'This key has been revoked already.'],
  client_id_conflict: [409, 'Another message has this client id.'],
  email_taken: [409, 'An agent with this e-mail exists already.'],
  already_member: [409, 'This agent is a member of the project already.'],
  last_owner: [409, 'A project always has an owner. Make somebody else one first.'],
  no_recent_sign_in: [
    409,
    'No visitor has signed in with a token in the last 7 days: make signing in work first, or send override: true.',
  ],
  legacy_id_taken: [409, 'Another project has this legacy id.'],
  department_taken: [409, 'Another department has this name or this legacy id.'],
  too_many_departments: [409, 'A project has at most 50 departments. Delete one first.'],
  not_closed: [409, 'A conversation can be rated once it is closed.'],
  too_many_webhooks: [409, 'A project has at most 10 webhooks. Remove one first.'],
  invitation_expired: [410, 'This invitation has been used or has expired. Ask for a new one.'],
  link_expired: [410, 'This link has been used or has expired. Ask for a new one.'],
  changed_meanwhile: [412, 'Somebody has changed this meanwhile. Read it again, then change it.'],
  body_too_large: [413, 'The request is too large.'],
  attachment_too_large: [413, 'A file has at most 10 MB.'],
  unsupported_media_type: [415, 'Send JSON with the header content-type: application/json.'],
  attachment_type_not_allowed: [415, 'Images (PNG, JPEG, WebP, GIF), PDF and plain text can be sent.'],
  key_invalid: [422, 'This is not a public key that can be used here.'],
  key_is_private: [422, 'This is a private key. Register the public one.'],
  jwks_unreachable: [422, 'No keys could be fetched from this address.'],
  webhook_url_invalid: [422, 'Webhooks go to an https:// address of the public internet.'],
  text_invalid: [422, 'The text has characters that cannot be stored.'],
  text_empty: [422, 'The message is empty.'],
  text_too_long: [422, 'A message has at most 8,000 characters.'],
  attributes_too_large: [422, 'The attributes of a message have at most 4 KiB as JSON.'],
  attachment_not_found: [422, 'A file of this message is not there any more, or has been sent already. Add it again.'],
  too_many_attachments: [422, 'A message has at most 10 files.'],
  image_too_large: [422, 'The picture has more pixels than can be taken.'],
  image_unreadable: [422, 'The picture cannot be read. It may be damaged.'],
  time_zone_unknown: [422, 'This time zone is not known. Give its IANA name, such as Europe/Rome.'],
  hours_invalid: [422, 'Opening hours end after they begin, and none overlap on a day.'],
  form_invalid: [422, 'A field of the form has the name of another, or a pattern that is none.'],
  rate_limited: [429, 'Too much at once. Wait a moment and try again.'],
  internal_error: [500, 'Something broke on the server. It has been logged; try again.'],
  mail_not_configured: [501, 'This server sends no mail. Ask whoever runs it.'],
  unavailable: [503, 'The server cannot answer right now. Try again in a moment.'],
} as const

export type TokenErrorCode = keyof typeof tokenErrors
export type ErrorCode = TokenErrorCode | keyof typeof otherErrors

/** Why a session ended, as the `ended` frame tells it. */
export const endReasons = {
  signed_out: 'You signed out.',
  secret_revoked: 'The site renewed its secret. Sign in again.',
  session_expired: 'Your session has run out. Sign in again.',
  session_unknown: 'This session is not known any more. Sign in again.',
  identity_changed: 'Somebody else signed in on this browser.',
  authentication_required: 'This project admits signed-in visitors only.',
  banned: 'You can no longer write here.',
  membership_ended: 'You are no longer a member of this project.',
} as const

export type EndReason = keyof typeof endReasons

/** The HTTP status that goes with a code. */
export function statusOf(code: ErrorCode): number {
  return code in tokenErrors ? 401 : otherErrors[code as keyof typeof otherErrors][0]
}

/** The plain sentence that goes with a code. */
export function sentenceOf(code: ErrorCode): string {
  return code in tokenErrors ? tokenErrors[code as TokenErrorCode] : otherErrors[code as keyof typeof otherErrors][1]
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(tokenErrors, code) || Object.hasOwn(otherErrors, code)
}

export const tokenErrorCodes = Object.keys(tokenErrors) as TokenErrorCode[]
export const errorCodes = [...Object.keys(tokenErrors), ...Object.keys(otherErrors)] as ErrorCode[]
