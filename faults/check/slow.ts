/** DL6: for whoever does not read, the server keeps about a mebibyte; then it closes, and he comes back for the rest. */
import type { Journal } from '../people/journal.ts'
import type { Ledger } from '../people/ledger.ts'
import { pouredBytes } from '../pour.ts'
import type { Finding } from './finding.ts'

/** What the kernel keeps for one connection, beside what the server does: the most that Linux gives it by itself. */
const keptBytes = 11 * 1024 * 1024
const closesWithinMs = 6_000

export function checkPauses(journals: readonly Journal[], ledger: Ledger): Finding[] {
  const acks = journals.flatMap(({ entries }) => entries.filter((entry) => entry.kind === 'acked'))
  return ledger.pauses.flatMap(({ who, conversationId, began, ended }): Finding[] => {
    const written = acks.filter(
      (entry) =>
        entry.kind === 'acked' &&
        entry.message.conversationId === conversationId &&
        entry.at >= began &&
        entry.at <= ended,
    )
    const closed = journals
      .find(({ name }) => name === who)
      ?.entries.some(({ kind, at }) => kind === 'closed' && at >= began && at <= ended + closesWithinMs)
    if (closed || written.length * pouredBytes < keptBytes) return []
    return [{ rule: 'kept for a slow reader', who, what: `${written.length} messages of ${pouredBytes} bytes` }]
  })
}
