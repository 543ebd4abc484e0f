import { compactVerify, errors } from 'jose'
import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'
import type { SecretVerifier } from './shared-secret.ts'
import type { TokenParts } from './token-parts.ts'

const algorithms = ['HS256', 'ES256', 'EdDSA', 'RS256'] as const
export type Algorithm = (typeof algorithms)[number]

export type PublicAlgorithm = Exclude<Algorithm, 'HS256'>

/** What `importSharedSecret` and `importPublicKey` give. The algorithm belongs to the key: a token can only name it, never choose another. */
export type ImportedKey = { algorithm: 'HS256'; key: SecretVerifier } | { algorithm: PublicAlgorithm; key: CryptoKey }

/** One key of a project. */
export type SigningKey = ImportedKey & {
  id: string
  /** Another name that the key came with; a token may give this one or `id`. */
  kid?: string
  /** Dead: revoked, or its grace is over. It still tells whose signature it was (VT4). */
  state: 'live' | 'dead'
}

// VT18: what junk may cost at most, whatever the caller hands in.
const maxCandidates = 15

// Ways to bring a key along, or to change what the signature is over.
const forbiddenParameters = ['crit', 'jku', 'x5u', 'jwk', 'x5c', 'b64']

/** VT2. `known` are the algorithms of every key that the project ever had. */
export function chooseAlgorithm(header: JsonObject, known: readonly Algorithm[]): Algorithm {
  const named = header.get('alg')
  const algorithm = algorithms.find((each) => each === named)
  if (algorithm === undefined) throw new TokenRefused('algorithm_not_allowed', { field: 'alg' })
  if (known.length > 0 && !known.includes(algorithm)) {
    throw new TokenRefused('algorithm_not_allowed', { field: 'alg', detail: `no key of the project is ${algorithm}` })
  }
  const field = forbiddenParameters.find((each) => header.has(each))
  if (field !== undefined) throw new TokenRefused('algorithm_not_allowed', { field })
  return algorithm
}

/** VT3. A `kid` of any other type than string names no key; it is compared and nothing else. */
export async function findCandidates(
  parts: TokenParts,
  algorithm: Algorithm,
  project: { keys: readonly SigningKey[]; algorithms: readonly Algorithm[] },
): Promise<SigningKey[]> {
  const { header } = parts
  if (project.algorithms.length === 0) throw new TokenRefused('no_signing_key')
  const named = header.get('kid')
  const able = project.keys.filter((key) => key.algorithm === algorithm)
  const fitting = able.filter((key) => !header.has('kid') || key.id === named || key.kid === named)
  if (header.has('kid') && fitting.length === 0) {
    // As long as a wrong signature takes, so that the clock tells nobody which of the two it was.
    for (const any of able.slice(0, 1)) await isSignedWith(parts, any)
    throw new TokenRefused('key_unknown', { field: 'kid' })
  }
  const live = fitting.filter((key) => key.state === 'live')
  const dead = fitting.filter((key) => key.state === 'dead')
  return [...live, ...dead].slice(0, maxCandidates)
}

/** VT5. */
export async function findSigner(parts: TokenParts, candidates: readonly SigningKey[]): Promise<SigningKey> {
  for (const candidate of candidates) {
    if (await isSignedWith(parts, candidate)) return candidate
  }
  throw new TokenRefused('signature_invalid', { detail: `tried ${candidates.length} keys` })
}

/** VT4. */
export function refuseDeadKey(key: SigningKey): void {
  if (key.state === 'dead') throw new TokenRefused('secret_revoked', { detail: `key ${key.id}` })
}

function isSignedWith(parts: TokenParts, key: SigningKey): boolean | Promise<boolean> {
  return key.algorithm === 'HS256' ? key.key(parts.signed, parts.signature) : hasSignature(parts, key)
}

async function hasSignature(
  { compact }: TokenParts,
  { algorithm, key }: Exclude<ImportedKey, { algorithm: 'HS256' }>,
): Promise<boolean> {
  try {
    await compactVerify(compact, key, { algorithms: [algorithm] })
    return true
  } catch (error) {
    // Anything else is a key that was imported wrongly: a defect of ours, not of the token.
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}
