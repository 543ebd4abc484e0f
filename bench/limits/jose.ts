/** jose alone: signature and times, the key imported once. */
import { jwtVerify } from 'jose'
import { createSharedSecret, importSharedSecret } from '../../identity/shared-secret.ts'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { tokenRing } from '../tokens.ts'

const handlers = {
  async verify(load: { inFlight: number; seconds: number }): Promise<number> {
    const { secret } = createSharedSecret()
    const key = await importSharedSecret(secret)
    const next = tokenRing(secret, 1_000)
    return closedLoop(load, () => jwtVerify(next(), key, { algorithms: ['HS256'] }))
  },
}
export type Jose = typeof handlers

exitOnSignal()
answer(handlers)
