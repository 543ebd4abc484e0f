/** jose alone: signature and times, the key imported once. */
import { jwtVerify } from 'jose'
import { createSharedSecret } from '../../identity/shared-secret.ts'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { tokenRing } from '../tokens.ts'

const handlers = {
  async verify(load: { inFlight: number; seconds: number }): Promise<number> {
    const { secret } = createSharedSecret()
    const bytes = new TextEncoder().encode(secret)
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    const next = tokenRing(secret, 1_000)
    return closedLoop(load, () => jwtVerify(next(), key, { algorithms: ['HS256'] }))
  },
}
export type Jose = typeof handlers

exitOnSignal()
answer(handlers)
