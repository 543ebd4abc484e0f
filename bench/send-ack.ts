import { bareChat, peerChat, type StartOther, withBothChats } from './chats.ts'
import type { Database } from './databases.ts'
import { type Compared, compare } from './rounds.ts'
import { type Row, rateRow, type Scale, timesRow } from './row.ts'

/** The whole way: from a visitor's socket to the disk, the ack, and an agent's socket. */
export async function sendAck(scale: Scale, database: Database): Promise<Row[]> {
  const compared = await sideBySide(scale, database, bareChat)
  return [rateRow(`send → ack, durable, delivered, ${scale.senders} senders (bare chat)`, '', compared, 0.75)]
}

/** The same beside the chat that one writes in an afternoon. */
export async function besidePeer(scale: Scale, database: Database): Promise<Row[]> {
  const compared = await sideBySide(scale, database, peerChat)
  return [timesRow(`${database.name}: send → ack, durable, delivered, ${scale.senders} senders`, '', compared, 3)]
}

function sideBySide(
  { rounds, seconds, conversations, senders }: Scale,
  database: Database,
  other: StartOther,
): Promise<Compared> {
  const load = { senders, seconds }
  return withBothChats(conversations, database, other, (signet, beside) =>
    compare(
      rounds,
      () => signet.ask('closedLoop', load),
      () => beside.ask('closedLoop', load),
    ),
  )
}
