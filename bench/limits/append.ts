import { randomUUID } from 'node:crypto'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { Messages } from './messages.ts'

const handlers = {
  async append({ conversations, inFlight, seconds }: { conversations: number; inFlight: number; seconds: number }) {
    const messages = new Messages()
    const ids = Array.from({ length: conversations }, () => messages.begin())
    let next = 0
    return closedLoop({ inFlight, seconds }, () => {
      next = (next + 1) % ids.length
      const id = ids[next] ?? ''
      return new Promise((resolve) => messages.append(id, randomUUID(), `Message ${next}`, resolve))
    })
  },
}
export type BareAppend = typeof handlers

exitOnSignal()
answer(handlers)
