import { Child } from './child.ts'
import type { BareChat } from './limits/chat.ts'
import type { Chat } from './load/chat.ts'
import { openSessions, startSignet } from './signet.ts'

type Load = Child<Chat>

/** The real server and the bare one, side by side, with the same people connected to each. */
export async function withBothChats<T>(people: number, use: (signet: Load, bare: Load) => Promise<T>): Promise<T> {
  const signet = await startSignet()
  const bare = new Child<BareChat>('bench/limits/chat.ts')
  const loads: [Load, Load] = [new Child<Chat>('bench/load/chat.ts'), new Child<Chat>('bench/load/chat.ts')]
  try {
    const [onSignet, onBare] = loads
    const sessions = await openSessions(signet, people)
    const { url, project, cookie } = signet
    await onSignet.ask('open', { place: { url, project, cookie }, sessions })
    const place = { url: await bare.ask('listen', null), project, cookie: '' }
    await onBare.ask('open', { place, sessions })
    return await use(onSignet, onBare)
  } finally {
    await Promise.all([...loads, bare, signet].map((each) => each.stop()))
  }
}
