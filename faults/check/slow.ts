/**
 * DL6: for whoever does not read, the server keeps about a mebibyte; then it closes, and he comes back for the rest.
 * Who is just catching up is not closed but waited for, so one that was kept says nothing; but all of them do.
 */
import { closeCodes } from '../../protocol/limits.ts'
import type { Journal } from '../people/journal.ts'
import type { Ledger } from '../people/ledger.ts'
import type { Finding } from './finding.ts'
import type { Rights } from './rights.ts'

/** The server's mebibyte, and what Linux keeps at most for a connection that has carried little. */
const keptBytes = 7 * 1024 * 1024
const enough = 3

export function checkPauses(journals: readonly Journal[], ledger: Ledger, rights: Rights): Finding[] {
  const closed = journals.some(({ entries }) =>
    entries.some((entry) => entry.kind === 'closed' && entry.code === closeCodes.tooSlow),
  )
  const pauses = ledger.pauses.filter(({ who, conversationId, began, ended, bytes }) => {
    const reader = journals.find(({ name }) => name === who)?.reader
    const span = { from: began, to: ended }
    const his = reader?.kind === 'agent' && rights.surelyMay(reader.agentId, conversationId, span)
    return his && bytes >= keptBytes && !rights.disturbed(span)
  })
  if (closed || pauses.length < enough) return []
  return pauses.map(({ who, bytes }) => ({ rule: 'kept for a slow reader', who, what: `${bytes} bytes` }))
}
