/** The chat in a process of its own. */
import { randomBytes } from 'node:crypto'
import { answer } from '../answer.ts'
import { listen } from '../listen.ts'
import { exitOnSignal } from '../scratch.ts'
import { createChat, tokenFor } from './chat.ts'
import { postgresStore, sqliteStore } from './store.ts'

const url = process.env.DATABASE_URL
const secret = randomBytes(32).toString('base64url')
const http = createChat(url === undefined ? sqliteStore() : await postgresStore(url), secret)

const handlers = {
  listen: (_asked: null): Promise<string> => listen(http),
  /** An agent's token, and those of so many visitors. */
  async tokens({ visitors }: { visitors: number }): Promise<{ agent: string; visitors: string[] }> {
    const visitor = (_: unknown, index: number) =>
      tokenFor({ id: `visitor-${index}`, name: 'Ada Marsh', role: 'visitor' }, secret)
    return {
      agent: tokenFor({ id: 'agent', name: 'Bo Lind', role: 'agent' }, secret),
      visitors: Array.from({ length: visitors }, visitor),
    }
  },
}
export type PeerChat = typeof handlers

exitOnSignal()
answer(handlers)
