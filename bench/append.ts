import { askOnce } from './child.ts'
import type { Database } from './databases.ts'
import type { BareAppend } from './limits/append.ts'
import type { Append } from './product/append.ts'
import { compare } from './rounds.ts'
import { type Row, rateRow, type Scale } from './row.ts'

/** The one way in for a message, without a socket, beside the same rows committed in groups by hand. */
export async function append({ rounds, seconds, conversations, senders }: Scale, database: Database): Promise<Row[]> {
  const load = { conversations, inFlight: senders, seconds: seconds / 2 }
  const compared = await compare(
    rounds,
    async () => askOnce<Append, 'append'>('bench/product/append.ts', 'append', load, await database.fresh()),
    async () => askOnce<BareAppend, 'append'>('bench/limits/append.ts', 'append', load, await database.fresh()),
  )
  return [rateRow(`append, durable, ${senders} in flight (group commit)`, '', compared)]
}
