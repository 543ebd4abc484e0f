import { Child } from './child.ts'
import type { Database } from './databases.ts'
import type { BareSockets } from './limits/sockets.ts'
import type { FanOut } from './load/fan-out.ts'
import { compare } from './rounds.ts'
import { type Row, rateRow, type Scale } from './row.ts'
import { fanOutWriters, openSessions, startSignet } from './signet.ts'

/** One message to many agents of a project, beside `ws` sending the very same bytes to as many sockets. */
export async function fanOut({ rounds, seconds, sockets: count }: Scale, database: Database): Promise<Row[]> {
  const signet = await startSignet(database)
  const bare = new Child<BareSockets>('bench/limits/sockets.ts')
  const onSignet = new Child<FanOut>('bench/load/fan-out.ts')
  const onBare = new Child<FanOut>('bench/load/fan-out.ts')
  try {
    const { url, project, cookie } = signet
    const sessions = await openSessions(signet, fanOutWriters)
    const bytes = await onSignet.ask('open', { place: { url, project, cookie }, sessions, count })

    await bare.ask('use', { bytes })
    const place = { url: await bare.ask('listen', null), project, cookie: '' }
    await onBare.ask('open', { place, sessions, count })

    await database.settle()
    const compared = await compare(
      rounds,
      () => onSignet.ask('fanOut', { seconds }),
      () => onBare.ask('fanOut', { seconds }),
    )
    return [rateRow(`fan-out to ${count} sockets (bare ws)`, '', compared, 0.8)]
  } finally {
    await Promise.all([onSignet, onBare, bare, signet].map((each) => each.stop()))
  }
}
