import { Child } from './child.ts'
import type { Sockets } from './load/sockets.ts'
import { mostRow, type Row, type Scale } from './row.ts'
import { newSecret, openSessions, startSignet } from './signet.ts'
import { signToken } from './tokens.ts'

/** From the call that revokes a secret to the moment in which its last visitor has been sent away (SS6). */
export async function revoke({ revokedSockets }: Scale): Promise<Row[]> {
  const signet = await startSignet()
  const load = new Child<Sockets>('bench/load/sockets.ts')
  try {
    const { url, project, cookie } = signet
    const { id, secret } = await newSecret(signet)
    const sessions = await openSessions(signet, revokedSockets, (index) => ({ token: signToken(secret, `c${index}`) }))
    await load.ask('open', { place: { url, project, cookie }, sessions })
    const closed = load.ask('closed', null)
    const began = Date.now()
    await signet.call('POST', `/projects/${project}/shared-secrets/${id}/revoke`)
    const took = (await closed) - began
    return [mostRow(`revoke a secret with ${revokedSockets} live sockets, all closed`, 'ms', took, 1_000)]
  } finally {
    await Promise.all([load.stop(), signet.stop()])
  }
}
