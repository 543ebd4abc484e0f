/** Signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and the very bytes of the body. */
import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

export function createWebhookSecret(): { secret: string; last4: string } {
  const text = randomBytes(32).toString('base64')
  // Without the padding, which is the same for all.
  return { secret: `${prefix}${text}`, last4: text.replace(/=+$/, '').slice(-4) }
}

/** One signature a secret: whoever checks them takes the one that he can. */
export function signatureHeaders(
  secrets: readonly string[],
  id: string,
  now: number,
  body: string,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(now / 1000))
  const signatures = secrets.map((secret) => `v1,${sign(secret, `${id}.${timestamp}.${body}`)}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return createHmac('sha256', key).update(content).digest('base64')
}
