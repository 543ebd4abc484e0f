import { Child } from './child.ts'
import type { Database } from './databases.ts'
import { type Growth, inTurn } from './growth.ts'
import type { Chat } from './load/chat.ts'
import type { FanOut } from './load/fan-out.ts'
import type { Sockets } from './load/sockets.ts'
import type { Scale } from './row.ts'
import { fanOutWriters, openSessions, type Signet, startSignet } from './signet.ts'

const writers = 10

/** A server with so many sockets on it, and a message in one conversation, or to each of them. */
export async function growthOfSockets(scale: Scale, database: Database): Promise<Growth[]> {
  const axis = 'sockets'
  const sizes = scale.socketCounts
  return [
    { what: 'send → ack, while the others are idle', axis, sizes, most: 1.25, costs: await idle(scale, database) },
    { what: 'one delivery, to each of them', axis, sizes, most: 1.5, costs: await broadcast(scale, database) },
  ]
}

/** Microseconds a message, a few of them under way. */
async function idle({ rounds, seconds, socketCounts }: Scale, database: Database): Promise<number[]> {
  const open = async (signet: Signet, count: number) => {
    const { url, project, cookie } = signet
    const place = { url, project, cookie }
    const sockets = new Child<Sockets>('bench/load/sockets.ts')
    await sockets.ask('open', { place, sessions: await openSessions(signet, count) })
    const chat = new Child<Chat>('bench/load/chat.ts')
    await chat.ask('open', { place, sessions: await openSessions(signet, writers), wire: 'signet' })
    return { chat, stop: () => Promise.all([sockets.stop(), chat.stop()]) }
  }
  return onEach(socketCounts, database, open, (opened) =>
    inTurn(rounds, opened, async ({ chat }) => 1e6 / (await chat.ask('closedLoop', { senders: writers, seconds }))),
  )
}

/** Microseconds a delivery. */
async function broadcast({ rounds, seconds, socketCounts }: Scale, database: Database): Promise<number[]> {
  const open = async (signet: Signet, count: number) => {
    const { url, project, cookie } = signet
    const load = new Child<FanOut>('bench/load/fan-out.ts')
    const sessions = await openSessions(signet, fanOutWriters)
    await load.ask('open', { place: { url, project, cookie }, sessions, count })
    return { load, stop: () => load.stop() }
  }
  return onEach(socketCounts, database, open, (opened) =>
    inTurn(rounds, opened, async ({ load }) => 1e6 / (await load.ask('fanOut', { seconds }))),
  )
}

/** A server for each of the sizes, all at the same time. */
async function onEach<Opened extends { stop(): Promise<unknown> }>(
  sizes: readonly number[],
  database: Database,
  open: (signet: Signet, size: number) => Promise<Opened>,
  take: (opened: Opened[]) => Promise<number[]>,
): Promise<number[]> {
  const signets: Signet[] = []
  const opened: Opened[] = []
  try {
    for (const size of sizes) {
      const signet = await startSignet(database)
      signets.push(signet)
      opened.push(await open(signet, size))
    }
    return await take(opened)
  } finally {
    await Promise.all([...opened, ...signets].map((each) => each.stop()))
  }
}
