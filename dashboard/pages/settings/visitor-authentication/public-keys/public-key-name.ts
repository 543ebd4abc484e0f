import type { PublicKey } from '../../../../../protocol/admin-records.ts'

/** ES256 shop-2026; a set goes by its address. */
export function publicKeyName({ id, algorithm, kid, jwks }: PublicKey): string {
  if (jwks) return jwks.url.replace(/^https:\/\//, '')
  return `${algorithm ?? 'Key'} ${kid ?? `…${id.slice(-4)}`}`
}
