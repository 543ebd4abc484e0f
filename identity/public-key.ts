import { createPublicKey, type KeyObject } from 'node:crypto'
import { isPlainObject } from './json-object.ts'
import type { PublicAlgorithm } from './signing-key.ts'

export type { PublicAlgorithm } from './signing-key.ts'

/** A public key as it is kept: what verifying takes, and nothing else of what came along. */
export interface PublicKey {
  algorithm: PublicAlgorithm
  /** Its own name, by which a token may ask for it. */
  kid: string | null
  jwk: JsonWebKey
}

/**
 * Why something cannot be registered as a public key (SS8). `private`: it is one that must never leave its owner, and
 * now has. The message is a sentence for whoever pasted it, and holds nothing of what he pasted.
 */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused'
  readonly reason: 'invalid' | 'private'
  readonly field: string | undefined

  constructor(reason: 'invalid' | 'private', message: string, field?: string) {
    super(message)
    this.reason = reason
    this.field = field
  }
}

const pemLabels = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE']
const leastRsaBits = 2048
/** A bigger one would make each check of a signature slow, of junk too. */
const mostRsaBits = 8192
/** Nor one with a huge exponent, which is as slow; nobody makes such keys by accident. */
const mostRsaExponent = 2n ** 32n
const maxKidLength = 255

/** A public key, or the certificate that holds one, as PEM. */
export function readPemKey(pem: string): PublicKey {
  const labels = [...pem.matchAll(/-----BEGIN ([^-\r\n]*)-----/g)].map(([, label = '']) => label)
  const [label, ...others] = labels
  if (labels.some((each) => each.includes('PRIVATE KEY'))) throw privateKey()
  if (label === undefined) throw invalid('There is no PEM here: it begins with -----BEGIN PUBLIC KEY-----.')
  if (others.length > 0) throw invalid('There are several PEM blocks here. Register one key at a time.')
  if (!pemLabels.includes(label)) throw invalid(`A PEM block of the kind "${label.slice(0, 40)}" is no public key.`)
  return keyFrom(() => createPublicKey(pem), null)
}

/** A public key as JWK. Its algorithm follows from what it is; an `alg` in it may only agree. */
export function readJwkKey(jwk: Record<string, unknown>): PublicKey {
  if (Array.isArray(jwk.keys)) throw invalid('This is a set of keys. Register one of them, or the address of the set.')
  if (jwk.kty === 'oct')
    throw invalid('This is a secret key, not a public one. Generate a shared secret instead.', 'kty')
  if (privateMembers.some((name) => jwk[name] !== undefined)) throw privateKey()
  const key = keyFrom(() => createPublicKey({ key: publicPart(jwk), format: 'jwk' }), kidOf(jwk))
  refuseOtherUse(jwk, key.algorithm)
  return key
}

/** The keys of a set (RFC 7517) that can be used; of the others, what this version does not understand is no fault. */
export function readKeySet(set: unknown): PublicKey[] | undefined {
  if (!isPlainObject(set) || !Array.isArray(set.keys)) return undefined
  return set.keys.flatMap((each: unknown) => {
    try {
      return isPlainObject(each) ? [readJwkKey(each)] : []
    } catch (error) {
      if (error instanceof KeyRefused) return []
      throw error
    }
  })
}

/** The key, which can verify and do nothing else. Import once and keep. */
export async function importPublicKey({ algorithm, jwk }: PublicKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, importAs[algorithm], false, ['verify'])
}

const importAs = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

function publicPart(jwk: Record<string, unknown>): JsonWebKey {
  const part: Record<string, string> = {}
  for (const name of ['kty', 'crv', 'x', 'y', 'n', 'e']) {
    const value = jwk[name]
    if (typeof value === 'string') part[name] = value
  }
  return part
}

function kidOf({ kid }: Record<string, unknown>): string | null {
  if (kid === undefined) return null
  const usable = typeof kid === 'string' && kid !== '' && kid.length <= maxKidLength && kid.isWellFormed()
  if (!usable || /\p{Cc}/u.test(kid)) throw invalid('The kid is not a text of 1 to 255 characters.', 'kid')
  return kid
}

function refuseOtherUse(jwk: Record<string, unknown>, algorithm: PublicAlgorithm): void {
  const named = jwk.alg === 'Ed25519' ? 'EdDSA' : jwk.alg
  if (named !== undefined && named !== algorithm) throw invalid(`This key verifies ${algorithm} only.`, 'alg')
  if (jwk.use !== undefined && jwk.use !== 'sig') throw invalid('This key is not for signatures.', 'use')
  const operations = jwk.key_ops
  if (operations === undefined) return
  if (!Array.isArray(operations) || !operations.includes('verify')) {
    throw invalid('This key is not for verifying signatures.', 'key_ops')
  }
}

function keyFrom(read: () => KeyObject, kid: string | null): PublicKey {
  let key: KeyObject
  try {
    key = read()
  } catch {
    throw invalid('This is not a public key that can be read.')
  }
  const algorithm = algorithmOf(key)
  return { algorithm, kid, jwk: key.export({ format: 'jwk' }) }
}

/** The algorithm belongs to the key: each kind has exactly one. */
function algorithmOf({ asymmetricKeyType: kind, asymmetricKeyDetails: details = {} }: KeyObject): PublicAlgorithm {
  if (kind === 'ed25519') return 'EdDSA'
  if (kind === 'ec') {
    if (details.namedCurve !== 'prime256v1') throw invalid('An EC key must be on the curve P-256 (ES256).')
    return 'ES256'
  }
  if (kind !== 'rsa') throw invalid('A key must be for ES256, EdDSA (Ed25519) or RS256.')
  const { modulusLength: bits = 0, publicExponent = 0n } = details
  if (bits < leastRsaBits) throw invalid(`An RSA key needs at least ${leastRsaBits} bits; this one has ${bits}.`)
  if (bits > mostRsaBits) throw invalid(`An RSA key may have at most ${mostRsaBits} bits; this one has ${bits}.`)
  // With 1, anybody's text would be its own signature.
  if (publicExponent < 3n || publicExponent % 2n === 0n || publicExponent > mostRsaExponent)
    throw invalid('The public exponent of this RSA key is not sound.')
  return 'RS256'
}

function invalid(message: string, field?: string): KeyRefused {
  return new KeyRefused('invalid', message, field)
}

function privateKey(): KeyRefused {
  return new KeyRefused(
    'private',
    'This is a private key, and nothing of it was kept. Register the public one; better, make a new pair first.',
  )
}
