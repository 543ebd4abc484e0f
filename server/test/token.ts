import { createHmac } from 'node:crypto'
import type { Clock } from './clock.ts'

/** A visitor token as a site's backend signs it, with ordinary claims where none are given. */
export function signToken(secret: string, clock: Clock, claims: Record<string, unknown> = {}): string {
  const ordinary = { external_id: 'customer-1', name: 'Grace', email: 'grace@example.com' }
  const times = { iat: clock.seconds, exp: clock.seconds + 300 }
  const signed = [
    { alg: 'HS256', typ: 'JWT' },
    { ...ordinary, ...times, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
