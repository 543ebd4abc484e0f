/** What somebody pasted as a public key, made into what the server takes. A private key never leaves the page. */
import type { Input } from '../../../../../protocol/endpoints.ts'

export const forms = ['pem', 'jwk', 'jwksUrl'] as const
export type Form = (typeof forms)[number]
export type NewKey = Input<'POST /projects/:project/public-keys'>['body']

/** The key to send, or what is wrong with it. */
export function parseKey(form: Form, pasted: string): NewKey | string {
  const text = pasted.trim()
  if (form === 'pem') return parsePem(text)
  return form === 'jwk' ? parseJwk(text) : parseAddress(text)
}

const isPrivate = 'This is a private key. Keep it on your server, and paste the public one.'

function parsePem(text: string): NewKey | string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return isPrivate
  if (!text.startsWith('-----BEGIN ')) return 'A PEM begins with -----BEGIN PUBLIC KEY-----.'
  return { pem: text }
}

/** What a JWK has only if it can sign: `k` is a shared secret. */
const privateMembers = ['d', 'p', 'q', 'k']

function parseJwk(text: string): NewKey | string {
  const jwk = parseObject(text)
  if (jwk === undefined) return 'A JWK is a JSON object, as {"kty":"EC", …}.'
  if (Array.isArray(jwk.keys)) return 'This is a set of keys. Paste one of them, or give the address of the set.'
  if (privateMembers.some((member) => member in jwk)) return isPrivate
  return { jwk }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseAddress(text: string): NewKey | string {
  const url = URL.parse(text)
  if (url === null) return 'Write the whole address, as https://shop.example/.well-known/jwks.json.'
  if (url.protocol !== 'https:') return 'The address begins with https://.'
  return { jwksUrl: url.href }
}
