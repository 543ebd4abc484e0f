import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * Encrypts a secret at rest (SS4): AES-256-GCM, bound to a context, so that a sealed secret copied to another row
 * does not open there. Gives `v1.<nonce>.<tag>.<ciphertext>`, each part base64url.
 */
export function seal(masterKey: Uint8Array, secret: string, context: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(context))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return ['v1', ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.')
}

/** The secret, or undefined if key or context is another one or a byte has changed. */
export function unseal(masterKey: Uint8Array, sealed: string, context: string): string | undefined {
  const [version, ...parts] = sealed.split('.')
  const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (version !== 'v1' || !nonce || !tag || !text || tag.length !== 16) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(context)).setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
