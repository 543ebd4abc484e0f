import { SignJWT } from 'jose'

// For whoever is logged in, and for nobody else. Good for five minutes.
export async function chatToken(customer) {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    external_id: String(customer.id),
    name: customer.name,
    email: customer.email,
    iat: now,
    exp: now + 300,
    aud: process.env.SIGNET_PROJECT,
  }
  // The key is the text of the secret, with its sgn_, and not what it decodes to.
  const key = new TextEncoder().encode(process.env.SIGNET_SECRET)
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key)
}
