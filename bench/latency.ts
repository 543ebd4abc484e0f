import { bareChat, withBothChats } from './chats.ts'
import type { Database } from './databases.ts'
import type { Took } from './load/chat.ts'
import { median } from './rounds.ts'
import { mostRow, type Row, type Scale } from './row.ts'

/** How long a message takes to an agent's socket while the server has room to breathe. */
export async function latency({ rounds, seconds, sockets, perSecond }: Scale, database: Database): Promise<Row[]> {
  return withBothChats(sockets - 1, database, bareChat, async (signet, bare) => {
    const load = { perSecond, seconds }
    const ours: Took[] = []
    const limit: Took[] = []
    while (ours.length < rounds) {
      ours.push(await signet.ask('openLoop', load))
      limit.push(await bare.ask('openLoop', load))
    }
    const what = `send → agent's socket at ${perSecond}/s, ${sockets} sockets`
    const p50 = (figures: typeof ours) => median(figures.map(({ delivered }) => delivered.p50))
    const p99 = (figures: typeof ours) => median(figures.map(({ delivered }) => delivered.p99))
    return [
      {
        ...mostRow(`${what}, p50 (bare chat)`, 'ms', p50(ours), Number.NaN, p50(limit)),
        budget: '–',
        met: undefined,
        bar: undefined,
      },
      mostRow(`${what}, p99 (bare chat)`, 'ms', p99(ours), 10, p99(limit)),
    ]
  })
}
