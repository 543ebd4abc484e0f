import type { Message } from '../../../protocol/records.ts'
import type { Outcome } from '../batches.ts'
import { authorIdOf } from '../caller.ts'
import { Refused } from '../refused.ts'
import type { Draft } from './append.ts'
import { messageFromRow } from './record.ts'
import type { StoredMessage } from './store.ts'

/** DL1: the author, or the identity that has taken the conversation over, gets back what is stored. */
export function giveBack({ writer }: Draft, stored: StoredMessage): Outcome<Message> {
  const own =
    writer.kind === 'visitor'
      ? stored.author_kind === 'visitor' && [stored.author_id, stored.visitor_id].includes(writer.caller.visitorId)
      : stored.author_kind === 'agent' && stored.author_id === authorIdOf(writer.member)
  return own
    ? { result: messageFromRow(stored) }
    : { refused: new Refused('client_id_conflict', { field: 'clientId' }) }
}
