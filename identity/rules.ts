/**
 * The rules for a visitor token, in the order in which they decide: the first that fails is the answer.
 *
 * Each step works on what the step before it made certain, so a rule cannot be run too early: nothing reads a claim
 * before a signature has been verified, and no signature is looked at before the token can be read in one way only.
 */
import { refuseOtherAudience } from './audience.ts'
import { checkNonce, readTokenId } from './browser-binding.ts'
import { refuseMissingClaims } from './claim-form.ts'
import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'
import { type Profile, readProfile } from './profile.ts'
import {
  type Algorithm,
  chooseAlgorithm,
  findCandidates,
  findSigner,
  refuseDeadKey,
  type SigningKey,
} from './signing-key.ts'
import { readTokenParts } from './token-parts.ts'
import { readTimes, refuseFuture, refuseMilliseconds, refuseOutOfTime } from './token-times.ts'

export const ruleOrder = [
  'VT1',
  'VT2',
  'VT3',
  'VT5',
  'VT4',
  'VT6',
  'VT7',
  'VT8',
  'VT9',
  'VT10',
  'VT11',
  'VT12',
  'VT13',
] as const
export type Rule = (typeof ruleOrder)[number]

export interface VisitorTokenInput {
  /** As the page gave it, with or without `JWT ` or `Bearer ` before it. */
  token: string
  /** What the browser sent with the token, if anything: the text whose hash a `nonce` must be. */
  verifier?: string | undefined
  /** The project that the request is for; never taken from the token. */
  project: { id: string; legacyId: string | null }
  /** The project's live keys and those that died lately, newest first, at most 15. */
  keys: readonly SigningKey[]
  /** The algorithms of every key that the project ever had; empty when it never had one. */
  algorithms: readonly Algorithm[]
  /** Milliseconds since 1970. */
  now: number
}

export interface VisitorIdentity extends Profile {
  /** The token's `iat`, in milliseconds since 1970. */
  issuedAt: number
  /** When the token runs out, in milliseconds since 1970; not when the session does. */
  expiresAt: number
  /** The token's `jti`, if it has a usable one. Whether it was used before is for the caller to know. */
  tokenId: string | null
  /** The token had a nonce, and this browser the verifier for it. */
  boundToBrowser: boolean
}

export interface VerifiedToken {
  identity: VisitorIdentity
  /** The live key that the token is signed with. */
  key: SigningKey
}

/** Runs one rule; may take note of how it went. */
export type Step = <T>(rule: Rule, run: () => T | Promise<T>) => Promise<T>

/** All rules, each by way of `step`, in the order of SPEC's table. The first that fails throws its `TokenRefused`. */
export async function applyRules(input: VisitorTokenInput, step: Step): Promise<VerifiedToken> {
  const parts = await step('VT1', () => readTokenParts(input.token))
  const algorithm = await step('VT2', () => chooseAlgorithm(parts.header, input.algorithms))
  const candidates = await step('VT3', () => findCandidates(parts, algorithm, input))
  const key = await step('VT5', () => findSigner(parts, candidates))
  try {
    return { identity: await readIdentity(input, parts.claims, key, step), key }
  } catch (error) {
    throw error instanceof TokenRefused ? error.signedWith(key.id) : error
  }
}

/** What the rules make of claims that this key has signed. */
async function readIdentity(
  { now, project, verifier }: VisitorTokenInput,
  claims: JsonObject,
  key: SigningKey,
  step: Step,
): Promise<VisitorIdentity> {
  await step('VT4', () => refuseDeadKey(key))
  await step('VT6', () => refuseMissingClaims(claims, key.algorithm))
  await step('VT7', () => refuseMilliseconds(claims))
  await step('VT8', () => refuseFuture(claims, now))
  const times = await step('VT9', () => readTimes(claims))
  await step('VT10', () => refuseOutOfTime(times, now))
  const profile = await step('VT11', () => readProfile(claims))
  await step('VT12', () => refuseOtherAudience(claims, project))
  const boundToBrowser = await step('VT13', () => checkNonce(claims, verifier))

  const issuedAt = Math.floor(times.iat * 1000)
  const expiresAt = Math.floor(times.exp * 1000)
  return { ...profile, issuedAt, expiresAt, tokenId: readTokenId(claims), boundToBrowser }
}
