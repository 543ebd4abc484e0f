import { Child } from './child.ts'
import type { Database } from './databases.ts'
import type { BareChat } from './limits/chat.ts'
import type { Chat } from './load/chat.ts'
import type { PeerChat } from './peer/program.ts'
import { openSessions, startSignet } from './signet.ts'

type Load = Child<Chat>
type Opening = Parameters<Chat['open']>[0]

/** A chat that is measured in turn with ours. */
interface Other {
  opening: Opening
  stop(): Promise<void>
}

/** Starts the other chat on a database of its own, for as many people; ours has given them these sessions. */
export type StartOther = (env: NodeJS.ProcessEnv, sessions: string[]) => Promise<Other>

export const bareChat: StartOther = async (env, sessions) => {
  const bare = new Child<BareChat>('bench/limits/chat.ts', { env })
  const place = { url: await bare.ask('listen', null), project: '', cookie: '' }
  return { opening: { place, sessions, wire: 'signet' }, stop: () => bare.stop() }
}

export const peerChat: StartOther = async (env, sessions) => {
  const peer = new Child<PeerChat>('bench/peer/program.ts', { env })
  const { agent, visitors } = await peer.ask('tokens', { visitors: sessions.length })
  const place = { url: await peer.ask('listen', null), project: '', cookie: agent }
  return { opening: { place, sessions: visitors, wire: 'socket.io' }, stop: () => peer.stop() }
}

/** The real server and another chat side by side, with the same people connected to each. */
export async function withBothChats<T>(
  people: number,
  database: Database,
  startOther: StartOther,
  use: (signet: Load, other: Load) => Promise<T>,
): Promise<T> {
  const signet = await startSignet(database)
  const loads: [Load, Load] = [new Child<Chat>('bench/load/chat.ts'), new Child<Chat>('bench/load/chat.ts')]
  let other: Other | undefined
  try {
    const [onSignet, onOther] = loads
    const sessions = await openSessions(signet, people)
    const { url, project, cookie } = signet
    await onSignet.ask('open', { place: { url, project, cookie }, sessions, wire: 'signet' })
    other = await startOther(await database.fresh(), sessions)
    await onOther.ask('open', other.opening)
    await database.settle()
    return await use(onSignet, onOther)
  } finally {
    await Promise.all([...loads, signet, ...(other ? [other] : [])].map((each) => each.stop()))
  }
}
