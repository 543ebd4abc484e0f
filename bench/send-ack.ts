import { withBothChats } from './both-chats.ts'
import { compare } from './rounds.ts'
import { type Row, rateRow, type Scale } from './row.ts'

/** The whole way: from a visitor's socket to the disk, the ack, and an agent's socket. */
export async function sendAck({ rounds, seconds, conversations, senders }: Scale): Promise<Row[]> {
  return withBothChats(conversations, async (signet, bare) => {
    const load = { senders, seconds }
    const compared = await compare(
      rounds,
      () => signet.ask('closedLoop', load),
      () => bare.ask('closedLoop', load),
    )
    return [rateRow(`send → ack, durable, delivered, ${senders} senders (bare chat)`, '', compared, 0.75)]
  })
}
