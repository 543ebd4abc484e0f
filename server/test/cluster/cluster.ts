/** Several nodes in this process, over one database and one Redis. They have the wall's clock: so have their databases. */
import { randomBytes } from 'node:crypto'
import { Clock } from '../clock.ts'
import type { Shop } from '../signet.ts'
import { type Agent, Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'

class WallClock extends Clock {
  override readonly now = (): number => Date.now()
  override ms = Date.now()
}

export interface Stores {
  databaseUrl: string
  redisUrl: string | undefined
}

const masterKey = randomBytes(32)

export function startNode({ databaseUrl, redisUrl }: Stores): Promise<Signet> {
  const limits = { messagesPerMinute: 1_000_000, messageBurst: 1_000_000, requestBurst: 1_000_000 }
  return Signet.start({ clock: new WallClock(), config: { databaseUrl, redisUrl, masterKey, ...limits } })
}

type Who = { session: string } | { agent: Agent }

/** A connection to this node, welcomed, of somebody whom the shop knows from another. */
export async function connectTo(node: Signet, shop: Shop, who: Who, cursor?: string): Promise<Socket> {
  const headers = 'agent' in who ? { ...who.agent.headers, origin: node.url } : {}
  const socket = await node.open(headers).opened()
  socket.say({
    type: 'hello',
    v: 1,
    project: shop.id,
    ...('session' in who && { session: who.session }),
    ...(cursor !== undefined && { cursor }),
  })
  await socket.next('welcome')
  return socket
}

export const textsOf = (socket: Socket): string[] =>
  socket.frames.flatMap((frame) => (frame.type === 'message' ? frame.message.text : []))

export const numbersOf = (socket: Socket): number[] =>
  socket.frames.flatMap((frame) => ('cursor' in frame && frame.cursor ? Number(frame.cursor.split('.')[1]) : []))

export const isRising = (numbers: number[]): boolean =>
  numbers.every((number, index) => number > (numbers[index - 1] ?? -1))

export const counting = (count: number, first = 1): string[] =>
  Array.from({ length: count }, (_, index) => String(first + index))
