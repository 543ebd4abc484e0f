/** Sockets that do nothing: held, and seen to close. */
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import type { Place } from './connect.ts'
import { Listener } from './listener.ts'

const sockets: Listener[] = []

const handlers = {
  /** A few at a time, as a listening queue is short. */
  async open({ place, sessions }: { place: Place; sessions: string[] }): Promise<void> {
    const waiting = [...sessions]
    const one = async () => {
      for (let session = waiting.pop(); session !== undefined; session = waiting.pop()) {
        sockets.push(await Listener.open(place, session))
      }
    }
    await Promise.all(Array.from({ length: 32 }, one))
  },

  /** When the last of them was told to go, by the clock that every process here shares. */
  async closed(_asked: null): Promise<number> {
    while (sockets.some(({ closedAt }) => closedAt === undefined))
      await new Promise((resolve) => setTimeout(resolve, 2))
    return Math.max(...sockets.splice(0).map(({ closedAt = 0 }) => closedAt))
  },
}
export type Sockets = typeof handlers

exitOnSignal()
answer(handlers)
