/** A site that signs with a private key of its own. */
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import type { PublicAlgorithm } from '../../../identity/public-key.ts'
import type { Clock } from '../clock.ts'

export class KeyPair {
  readonly algorithm: PublicAlgorithm
  readonly kid: string | undefined
  readonly pem: string
  readonly jwk: Record<string, unknown>
  #privateKey: CryptoKey

  private constructor(algorithm: PublicAlgorithm, kid: string | undefined, pem: string, jwk: object, key: CryptoKey) {
    this.algorithm = algorithm
    this.kid = kid
    this.pem = pem
    this.jwk = { ...jwk, ...(kid !== undefined && { kid }) }
    this.#privateKey = key
  }

  static async make(algorithm: PublicAlgorithm = 'ES256', kid?: string): Promise<KeyPair> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
    return new KeyPair(algorithm, kid, await exportSPKI(publicKey), await exportJWK(publicKey), privateKey)
  }

  /** `header` may name another key, or none with `kid: undefined`. */
  sign(clock: Clock, audience: string | undefined, claims: object = {}, header: object = {}): Promise<string> {
    const { algorithm: alg, kid } = this
    const times = { iat: clock.seconds, exp: clock.seconds + 300 }
    const aud = audience === undefined ? {} : { aud: audience }
    return new SignJWT({ external_id: 'customer-1', name: 'Grace', ...times, ...aud, ...claims })
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }), ...header })
      .sign(this.#privateKey)
  }
}
