import { randomUUIDv7 } from 'node:crypto'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { gatherStatistics } from '../statistics.ts'
import { newMessage, openMessages } from './messages.ts'

const handlers = {
  async append({ conversations, inFlight, seconds }: { conversations: number; inFlight: number; seconds: number }) {
    const messages = await openMessages()
    const ids: string[] = []
    while (ids.length < conversations) ids.push(await messages.begin())
    await gatherStatistics(process.env.DATABASE_URL)
    let next = 0
    return closedLoop({ inFlight, seconds }, () => {
      next = (next + 1) % ids.length
      const id = ids[next] ?? ''
      return new Promise<void>((stored) => messages.append(newMessage(id, randomUUIDv7(), `Message ${next}`), stored))
    })
  },
}
export type BareAppend = typeof handlers

exitOnSignal()
answer(handlers)
