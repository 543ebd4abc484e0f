import { Child } from './child.ts'
import type { Database } from './databases.ts'
import type { BareSockets } from './limits/sockets.ts'
import type { Place } from './load/connect.ts'
import type { Sockets } from './load/sockets.ts'
import { mostRow, type Row, type Scale } from './row.ts'
import { openSessions, startSignet } from './signet.ts'

/** What a connected visitor who does nothing costs in memory, beyond what `ws` itself takes for him. */
export async function idleSocket({ idleSockets }: Scale, database: Database): Promise<Row[]> {
  const ours = await onSignet(idleSockets, database)
  const limit = await onBare(idleSockets)
  const what = `idle socket, RSS each of ${idleSockets} (bare ws)`
  const beyond = mostRow(what, 'kB', ours - limit, 10)
  return [
    { ...mostRow(what, 'kB', ours, 10, limit), budget: `${beyond.budget} beyond`, met: beyond.met, bar: beyond.bar },
  ]
}

async function onSignet(count: number, database: Database): Promise<number> {
  const signet = await startSignet(database)
  try {
    const { url, project, cookie } = signet
    const sessions = await openSessions(signet, count)
    return await kilobytesEach({ url, project, cookie }, sessions, signet.memory)
  } finally {
    await signet.stop()
  }
}

async function onBare(count: number): Promise<number> {
  const bare = new Child<BareSockets>('bench/limits/sockets.ts', { flags: ['--expose-gc'] })
  try {
    const place = { url: await bare.ask('listen', null), project: '', cookie: '' }
    return await kilobytesEach(place, Array<string>(count).fill('anybody'), () => bare.ask('memory', null))
  } finally {
    await bare.stop()
  }
}

/** The first fifth warms the process up: code is compiled and pools are filled once, not for each socket. */
async function kilobytesEach(place: Place, sessions: string[], memory: () => Promise<number>): Promise<number> {
  const load = new Child<Sockets>('bench/load/sockets.ts')
  try {
    const warm = Math.ceil(sessions.length / 5)
    await load.ask('open', { place, sessions: sessions.slice(0, warm) })
    const before = await memory()
    await load.ask('open', { place, sessions: sessions.slice(warm) })
    return ((await memory()) - before) / (sessions.length - warm) / 1000
  } finally {
    await load.stop()
  }
}
