import { createHmac } from 'node:crypto'

/** A customer's token as a site's backend signs it. */
export function signToken(secret: string, externalId: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { external_id: externalId, name: 'Ada Marsh', email: `${externalId}@example.com`, iat, exp: iat + 300 }
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/** So many tokens, given out one after the other, over and over. */
export function tokenRing(secret: string, count: number): () => string {
  const tokens = Array.from({ length: count }, (_, index) => signToken(secret, `customer-${index}`))
  let next = 0
  return () => {
    next = (next + 1) % count
    return tokens[next] ?? ''
  }
}
