/** Sockets that do nothing: held, and seen to close. */
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import { connectAll, type Place } from './connect.ts'

let open = 0

const handlers = {
  async open({ place, sessions }: { place: Place; sessions: string[] }): Promise<void> {
    const sockets = await connectAll(place, sessions)
    open += sockets.length
    for (const socket of sockets) {
      socket.once('close', () => {
        open -= 1
      })
    }
  },

  /** When the last of them was gone, by the clock that every process here shares. */
  async closed(_asked: null): Promise<number> {
    while (open > 0) await new Promise((resolve) => setTimeout(resolve, 2))
    return Date.now()
  },
}
export type Sockets = typeof handlers

exitOnSignal()
answer(handlers)
