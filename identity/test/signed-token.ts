import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import { TokenRefused } from '../errors.ts'
import { importSharedSecret } from '../shared-secret.ts'
import { type SigningKey, type VisitorTokenInput, verifyVisitorToken } from '../visitor-token.ts'

export const now = Date.UTC(2026, 10, 1, 12, 0, 0)
export const seconds = now / 1000
export const project = { id: '0199a8c0-0000-7000-8000-00000000000a', legacyId: '5b55e806c93dde00143163dd' }
export const secret = 'sgn_this-is-the-secret-of-the-project-under-test--'
export const otherSecret = 'sgn_this-is-the-secret-of-quite-another-project--'

export const key: SigningKey = {
  id: '0199a8c0-0000-7000-8000-000000000001',
  algorithm: 'HS256',
  key: importSharedSecret(secret),
  state: 'live',
}
export const deadKey: SigningKey = { ...key, id: '0199a8c0-0000-7000-8000-000000000002', state: 'dead' }

/** The claims of an ordinary token, with some changed; `undefined` takes one away. */
export function claimsWith(changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    external_id: 'customer-42',
    name: 'Ada Lovelace',
    email: 'ada@shop.test',
    iat: seconds,
    exp: seconds + 300,
    ...changed,
  }
}

/** The parts as they are, bytes or text, signed for HS256 with `node:crypto` alone: what no library would sign. */
export function signRaw(header: string | Uint8Array, payload: string | Uint8Array, signWith = secret): string {
  return signParts(base64url(header), base64url(payload), signWith)
}

export function signParts(header: string, payload: string, signWith = secret): string {
  return `${header}.${payload}.${createHmac('sha256', signWith).update(`${header}.${payload}`).digest('base64url')}`
}

export function base64url(part: string | Uint8Array): string {
  return Buffer.from(part).toString('base64url')
}

export function sign(claims: unknown, header: object = { alg: 'HS256', typ: 'JWT' }, signWith = secret): string {
  return signRaw(JSON.stringify(header), JSON.stringify(claims), signWith)
}

export function inputFor(token: string, changed: Partial<VisitorTokenInput> = {}): VisitorTokenInput {
  return { token, project, keys: [key], algorithms: ['HS256'], now, ...changed }
}

export async function verify(token: string, changed: Partial<VisitorTokenInput> = {}) {
  return (await verifyVisitorToken(inputFor(token, changed))).identity
}

/** The code, and the field if there is one, with which a token is refused; `accepted` if it is not. */
export async function refusalOf(token: string, changed: Partial<VisitorTokenInput> = {}): Promise<string> {
  try {
    await verifyVisitorToken(inputFor(token, changed))
    return 'accepted'
  } catch (error) {
    expect(error).toBeInstanceOf(TokenRefused)
    if (!(error instanceof TokenRefused)) throw error
    return error.field === undefined ? error.code : `${error.code} ${error.field}`
  }
}
