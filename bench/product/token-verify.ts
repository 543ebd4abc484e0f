import { createSharedSecret, importSharedSecret } from '../../identity/shared-secret.ts'
import { verifyVisitorToken } from '../../identity/visitor-token.ts'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { tokenRing } from '../tokens.ts'

const handlers = {
  async verify(load: { inFlight: number; seconds: number }): Promise<number> {
    const { secret } = createSharedSecret()
    const key = {
      id: 'key',
      algorithm: 'HS256' as const,
      key: importSharedSecret(secret),
      state: 'live' as const,
    }
    const next = tokenRing(secret, 1_000)
    const project = { id: 'project', legacyId: null }
    return closedLoop(load, () =>
      verifyVisitorToken({ token: next(), project, keys: [key], algorithms: ['HS256'], now: Date.now() }),
    )
  },
}
export type TokenVerify = typeof handlers

exitOnSignal()
answer(handlers)
