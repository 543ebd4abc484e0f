import { Child } from './child.ts'
import type { Database } from './databases.ts'
import type { BareSockets } from './limits/sockets.ts'
import type { Chat } from './load/chat.ts'
import type { Sockets } from './load/sockets.ts'
import { median } from './rounds.ts'
import { mostRow, type Row, type Scale } from './row.ts'
import { newSecret, openSessions, type Signet, startSignet } from './signet.ts'
import { signToken } from './tokens.ts'

const bystanders = 50
const perSecond = 200

/**
 * From the call that revokes a secret to the moment in which its last visitor has been sent away (SS6), beside `ws`
 * sending as many away; and what the visitors of another secret notice of it.
 */
export async function revoke(scale: Scale, database: Database): Promise<Row[]> {
  const { rounds, revokedSockets: count } = scale
  const meanwhile = { perSecond, seconds: 1.5 * scale.seconds }
  const signet = await startSignet(database)
  const bare = new Child<BareSockets>('bench/limits/sockets.ts')
  const load = new Child<Sockets>('bench/load/sockets.ts')
  const others = new Child<Chat>('bench/load/chat.ts')
  try {
    const { url, project, cookie } = signet
    const place = { url, project, cookie }
    const barePlace = { ...place, url: await bare.ask('listen', null) }
    const { secret } = await newSecret(signet)
    await others.ask('open', { place, sessions: await signedIn(signet, secret, 'other', bystanders), wire: 'signet' })

    const before = await others.ask('openLoop', meanwhile)
    const took: number[] = []
    const limit: number[] = []
    const waited: number[] = []
    while (took.length < Math.ceil(rounds / 2)) {
      const revoked = await newSecret(signet)
      await load.ask('open', { place, sessions: await signedIn(signet, revoked.secret, 'customer', count) })
      await database.settle()
      const during = others.ask('openLoop', meanwhile)
      await new Promise((resolve) => setTimeout(resolve, (meanwhile.seconds * 1000) / 2))
      const revocation = () => signet.call('POST', `/projects/${project}/shared-secrets/${revoked.id}/revoke`)
      took.push(await timeToClose(load, revocation))
      waited.push((await during).acked.most)

      await load.ask('open', { place: barePlace, sessions: Array<string>(count).fill('anybody') })
      limit.push(await timeToClose(load, () => bare.ask('closeAll', null)))
    }
    const what = `revoke a secret with ${count} live sockets`
    return [
      mostRow(`${what}, all closed (bare ws)`, 'ms', median(took), 1_000, median(limit)),
      mostRow(`longest wait of others for an ack meanwhile (before it)`, 'ms', median(waited), 250, before.acked.most),
    ]
  } finally {
    await Promise.all([load, others, bare, signet].map((each) => each.stop()))
  }
}

const signedIn = (signet: Signet, secret: string, name: string, count: number): Promise<string[]> =>
  openSessions(signet, count, (index) => ({ token: signToken(secret, `${name}-${index}`) }))

async function timeToClose(load: Child<Sockets>, close: () => Promise<unknown>): Promise<number> {
  const closed = load.ask('closed', null)
  const began = Date.now()
  await close()
  return (await closed) - began
}
