/**
 * What somebody should do about a refused token, in a sentence or two (VT18). Told to those who administer a project,
 * never to who sent the token; and it holds no value of a claim, since the sign-in log keeps it (VS12).
 */
import type { TokenErrorCode, TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'
import { readTokenParts } from './token-parts.ts'

export interface About {
  project: { id: string }
  /** Milliseconds since 1970. */
  now: number
  /** The token itself, where there is time to look into it. */
  token?: string
}

/** One sentence of what to do, or nothing where the code says all. */
export function hintFor(refused: Pick<TokenRefused, 'code' | 'field' | 'detail'>, about: About): string | undefined {
  return hints[refused.code]({ ...about, ...partsOf(about.token), field: refused.field, detail: refused.detail })
}

interface Refusal extends About {
  header?: JsonObject
  claims?: JsonObject
  field: string | undefined
  detail: string | undefined
}

const hints: Record<TokenErrorCode, (refusal: Refusal) => string | undefined> = {
  token_malformed: ({ token, detail }) => (token === undefined ? undefined : lookOf(token)) ?? sentence(detail),
  algorithm_not_allowed: ({ field, header, detail }) =>
    field === 'alg' ? algorithmHint(header?.get('alg'), detail) : `Take ${field} out of the token's header.`,
  no_signing_key: () => "Generate a shared secret in this project's settings, and sign with it.",
  key_unknown: () => 'The kid in the header is of no key here. Leave it out, or put the id of the key there.',
  signature_invalid: () =>
    'Copy the secret again, all of it from sgn_ on, and see that this very server uses it for this very project.',
  secret_revoked: () => 'Put the current secret where this one is still used.',
  claim_missing: ({ field, claims, project }) => missingHint(field ?? '', claims, project.id),
  time_in_milliseconds: ({ field }) => `Divide ${field} by 1000 and round it: times in a token are seconds.`,
  issued_in_future: ({ claims, now, detail }) =>
    zoneHint(claims, now) ?? `The clock of the server that signs is wrong: iat is ${detail}. Synchronise it by NTP.`,
  claim_invalid: ({ field, detail }) => invalidHint(field ?? '', detail),
  lifetime_too_long: ({ detail }) => `exp is ${detail} after iat. Make it at most 600 s; 300 s is plenty.`,
  token_expired: ({ claims, now, detail }) =>
    zoneHint(claims, now) ?? `It ran out ${detail}. Sign a fresh token for each sign-in, and keep none.`,
  token_not_yet_valid: ({ detail }) => `nbf is ${detail}. Leave it out, or synchronise the clock that signs by NTP.`,
  audience_mismatch: ({ project }) => `aud must be the id of this project: ${project.id}.`,
  nonce_mismatch: () =>
    'The token is bound to one browser by its nonce. Ask getAuthNonce() in the very page that signs in, each time anew.',
  token_replayed: () => 'Each token signs in once here. Sign a fresh one each time, with a jti of its own.',
}

function partsOf(token: string | undefined): { header?: JsonObject; claims?: JsonObject } {
  if (token === undefined) return {}
  try {
    return readTokenParts(token)
  } catch {
    return {}
  }
}

const looks: [looks: RegExp, hint: string][] = [
  [/^(undefined|null|NaN|false|None|nil)?$/, 'There is no token: the page did not get one from your server.'],
  [/^\[object Promise\]$/, 'The page passes a promise as text: await the token first.'],
  [/^\[object /, 'The page passes an object as text: pass the token that is in it.'],
  [/^</, 'The page passes HTML: the address that should give the token answers with a page.'],
  [/^\{/, 'The page passes JSON: pass the token that is in it.'],
  [/^["']/, 'There are quotation marks around the token: parse the JSON that it comes in.'],
  [/\s/, 'There is white space in the token: trim it.'],
  [/^sgn_/, 'The page passes the shared secret itself. It must never be in a page: revoke it now.'],
  [
    /^[^.]*(?:\.[^.]*){0,1}$/,
    'A token is three parts joined by dots, as any JWT library gives it. This is something else.',
  ],
  [/^(?:[^.]*\.){4}[^.]*$/, 'The token is encrypted (JWE). Sign it instead: three parts, with alg HS256.'],
  [/[+/=]/, 'The token is in plain base64. It takes base64url without = at the end, as any JWT library gives it.'],
]

function lookOf(token: string): string | undefined {
  const text = token.replace(/^(?:(?:JWT|Bearer) +)+/i, '')
  return looks.find(([pattern]) => pattern.test(text))?.[1]
}

const otherAlgorithms = ['HS384', 'HS512', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES384', 'ES512', 'ES256K']

function algorithmHint(algorithm: unknown, detail: string | undefined): string {
  if (algorithm === 'none') return 'The token is not signed at all. Sign it with HS256 and the shared secret.'
  if (algorithm === 'HS256') return 'This project has no shared secret. Generate one, or sign with your private key.'
  if (detail !== undefined) return 'This project has no public key for this algorithm. Register it, or sign with HS256.'
  const named = otherAlgorithms.find((each) => each === algorithm)
  return `${named ? `The token is signed with ${named}. ` : ''}Tell your JWT library to use HS256 with the shared secret.`
}

const lookalikes: Record<string, string[]> = {
  external_id: ['externalId', 'externalID', 'external-id', 'user_id', 'userId', 'uid', 'id', '_id', 'sub'],
  exp: ['expires', 'expiresIn', 'expires_in', 'expiresAt', 'expiry'],
  iat: ['issuedAt', 'issued_at', 'iss', 'nbf'],
  aud: ['audience', 'project', 'project_id', 'projectId'],
}

function missingHint(field: string, claims: JsonObject | undefined, projectId: string): string {
  const lookalike = lookalikes[field]?.find((name) => claims?.has(name))
  const instead = lookalike === undefined ? '' : ` The token has ${lookalike}; the name must be ${field}.`
  if (field === 'exp') return `Add exp: the time of signing and 300 more, in seconds.${instead}`
  if (field === 'iat') return `Add iat: the time of signing, in seconds.${instead}`
  if (field === 'aud') return `Add aud, the id of this project: ${projectId}.${instead}`
  if (field === 'jti') return 'Add jti, another text in each token: this project takes every token once.'
  return `Add ${field}: your own id of the customer, as text.${instead}`
}

function invalidHint(field: string, detail: string | undefined): string {
  if (detail === 'not a finite number') return `${field} must be a number of seconds, without quotation marks.`
  if (detail === 'not after iat') return 'exp must be later than iat: add 300 to it.'
  if (detail === 'not a string') return `${field} must be text: put it in quotation marks.`
  if (detail === 'empty') return `${field} is empty: only sign in people whom your site knows.`
  return sentence(detail && `${field}: ${detail}`) ?? `${field} has a value that it cannot have.`
}

/** Whole hours off, to the minute or two: somebody took local time for UTC. */
function zoneHint(claims: JsonObject | undefined, now: number): string | undefined {
  const iat = claims?.get('iat')
  if (typeof iat !== 'number') return undefined
  const off = now / 1000 - iat
  const halfHours = Math.round(off / 1800)
  if (halfHours === 0 || Math.abs(halfHours) > 28 || Math.abs(off - halfHours * 1800) > 30) return undefined
  const hours = `${Math.abs(halfHours) / 2} h`
  return `iat is ${hours} ${halfHours > 0 ? 'ago' : 'ahead'}, almost to the second: local time was taken for UTC.`
}

function sentence(phrase: string | undefined): string | undefined {
  return phrase && `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}
