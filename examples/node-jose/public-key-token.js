import { importPKCS8, SignJWT } from 'jose'

const { SIGNET_PROJECT, SIGNET_PRIVATE_KEY, SIGNET_ALGORITHM = 'ES256' } = process.env
const key = await importPKCS8(SIGNET_PRIVATE_KEY, SIGNET_ALGORITHM)

// For whoever is logged in, and for nobody else. Good for five minutes.
export async function chatToken(customer) {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    external_id: String(customer.id),
    name: customer.name,
    email: customer.email,
    iat: now,
    exp: now + 300,
    // Under a public key it must be there: others may trust the same key.
    aud: SIGNET_PROJECT,
  }
  return new SignJWT(claims).setProtectedHeader({ alg: SIGNET_ALGORITHM, typ: 'JWT' }).sign(key)
}
