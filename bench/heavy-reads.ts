import { askOnce, Child } from './child.ts'
import type { Database } from './databases.ts'
import type { Chat } from './load/chat.ts'
import type { FillBeside } from './product/fill-beside.ts'
import { median } from './rounds.ts'
import { mostRow, type Row, type Scale } from './row.ts'
import { openSessions, type Signet, startSignet } from './signet.ts'

const people = 50
const messagesEach = 100
/** Of each kind: together as much as two agents may ask for who do nothing else (REQUESTS_PER_MINUTE). */
const asksPerSecond = 10
const steady = { perSecond: 200, most: 1.5, besidesMs: 1 }

/** What those who write notice of search, exports and reports over all that there is (HT5). */
export async function heavyReads({ rounds, seconds, messageCounts }: Scale, database: Database): Promise<Row[]> {
  const messages = messageCounts.at(-1) ?? 0
  const signet = await startSignet(database)
  const load = new Child<Chat>('bench/load/chat.ts')
  try {
    const { url, project, cookie, env } = signet
    const filling = {
      conversations: Math.ceil(messages / messagesEach),
      messagesEach: Math.min(messages, messagesEach),
    }
    const asked = { projectId: project, ...filling }
    const conversation = await askOnce<FillBeside, 'fill'>('bench/product/fill-beside.ts', 'fill', asked, env)
    const sessions = await openSessions(signet, people)
    await load.ask('open', { place: { url, project, cookie }, sessions, wire: 'signet' })
    const writing = async () =>
      (await load.ask('openLoop', { perSecond: steady.perSecond, seconds: seconds * 2 })).acked.p99

    const alone: number[] = []
    const beside: number[] = []
    let answered = 0
    while (beside.length < rounds) {
      alone.push(await writing())
      const reading = readOn(signet, conversation)
      beside.push(await writing())
      answered += await reading.end()
    }
    if (answered === 0) throw new Error('Nothing was read meanwhile.')
    const [limit, ours] = [median(alone), median(beside)]
    const what = `ack at ${steady.perSecond}/s beside search, exports and reports over ${messages} messages, p99 (without)`
    const row = mostRow(what, 'ms', ours, steady.most * limit + steady.besidesMs, limit)
    return [{ ...row, budget: `≤ ${steady.most}× + ${steady.besidesMs} ms` }]
  } finally {
    await Promise.all([load, signet].map((each) => each.stop()))
  }
}

/** One of each at all times, as often as agents may, until it is ended; then it gives how many were answered. */
function readOn({ call, project }: Signet, conversation: string): { end(): Promise<number> } {
  const day = (before: number) => new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10)
  const paths = [
    `/projects/${project}/conversations?text=airtight+jar&limit=200`,
    `/projects/${project}/conversations?text=zanzibar`,
    `/conversations/${conversation}/export`,
    `/projects/${project}/reports?from=${day(89)}&to=${day(0)}`,
  ]
  let goesOn = true
  let answered = 0
  const reading = paths.map(async (path) => {
    while (goesOn) {
      const pause = new Promise((resolve) => setTimeout(resolve, 1000 / asksPerSecond))
      await call('GET', path)
      answered += 1
      await pause
    }
  })
  return {
    async end() {
      goesOn = false
      await Promise.all(reading)
      return answered
    },
  }
}
