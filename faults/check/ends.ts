/**
 * SS6, VS16, AG7: rights that end. Nobody is shown, or may write, what was begun more than a second after he lost the
 * right to it, and nobody is sent away who had it.
 *
 * A message cannot have been on its way before its author sent it, however slow the wires are: so what counts is the
 * moment of the sending, not that of the arrival.
 */
import type { Journal, Noted, Seen } from '../people/journal.ts'
import type { Ledger } from '../people/ledger.ts'
import type { Finding, Rule } from './finding.ts'
import type { Rights } from './rights.ts'
import type { Rows } from './rows.ts'
import { knownWithinMs } from './stored.ts'

/** So long a frame may have been on its way. */
const onItsWayMs = 20_000

export type SentAt = ReadonlyMap<string, number>

export function sentAtIn(journals: readonly Journal[]): SentAt {
  const sent = journals.flatMap(({ entries }) => entries.filter((entry) => entry.kind === 'sent' && !entry.expected))
  return new Map(sent.map((entry) => [entry.kind === 'sent' ? entry.clientId : '', entry.at]))
}

export function checkEnds(journal: Journal, rights: Rights, sentAt: SentAt): Finding[] {
  const findings: Finding[] = []
  const find = (rule: Rule, what: string) => findings.push({ rule, who: journal.name, what })
  for (const entry of journal.entries) {
    for (const message of messagesOf(entry)) {
      const late = lateBy(journal, rights, entry, message, sentAt)
      const rule = entry.kind === 'acked' ? 'taken after the end' : 'shown after the end'
      if (late) find(rule, `${message.clientId} by ${entry.kind}, ${late}`)
    }
    const away = sentAway(journal, rights, entry)
    if (away) find('sent away', away)
  }
  return findings
}

/** In the database itself: no session outlives its secret, and nothing is written with one that is revoked. */
export function checkSessions(rows: Rows, ledger: Ledger, sentAt: SentAt): Finding[] {
  const open = rows.sessions.filter(({ revoked, endReason }) => revoked && endReason === null)
  const late = rows.messages.filter(({ clientId, keyId }) => {
    const revoked = keyId === null ? undefined : ledger.revocations.get(keyId)
    return revoked && (sentAt.get(clientId) ?? 0) > revoked.ended + knownWithinMs
  })
  return [
    ...open.map(({ key }): Finding => ({ rule: 'left open', who: '', what: `session ${key} of a revoked secret` })),
    ...late.map(({ clientId }): Finding => ({ rule: 'taken after the end', who: '', what: clientId })),
  ]
}

function messagesOf(entry: Noted): Seen[] {
  if (entry.kind === 'message' || entry.kind === 'acked') return [entry.message]
  if (entry.kind === 'fetched') return entry.messages
  return entry.kind === 'conversation' ? (entry.messages ?? []) : []
}

/** How it is wrong that he has this, if it is. */
function lateBy({ reader }: Journal, rights: Rights, entry: Noted, message: Seen, sentAt: SentAt): string | undefined {
  const sent = sentAt.get(message.clientId)
  if (sent === undefined) return undefined
  const over = rights.overSince(entry.session)
  if (over !== undefined && sent > over + knownWithinMs)
    return `sent ${Math.round(sent - over)} ms after the session's end`
  if (reader.kind === 'visitor') return undefined
  const span = { from: sent - knownWithinMs, to: entry.at }
  return rights.surelyMayNot(reader.agentId, message.conversationId, span) ? 'which he had lost sight of' : undefined
}

function sentAway({ reader }: Journal, rights: Rights, entry: Noted): string | undefined {
  if (entry.kind === 'closed' && closedWrongly.has(entry.code)) return `with ${entry.code}`
  const mayBeOut = () =>
    reader.kind === 'agent' && rights.mayHaveBeenOut(reader.agentId, { from: entry.at - onItsWayMs, to: entry.at })
  const ended = rights.mayHaveEnded(entry.session, entry.at)
  if (entry.kind === 'ended') {
    const right = entry.reason === 'membership_ended' ? mayBeOut() : entry.reason === ended
    return right ? undefined : `although the session was good: ${entry.reason}`
  }
  if (entry.kind === 'closed' && (entry.code === 4401 || entry.code === 4403)) {
    return ended || mayBeOut() ? undefined : `with ${entry.code}`
  }
  const outOfSession = entry.kind === 'refused' && (entry.code === 'session_ended' || entry.code === 'not_signed_in')
  return outOfSession && !ended ? `although the session was good: ${entry.code}` : undefined
}

/** Bad frame, too many frames, and what the WebSocket protocol calls broken. */
const closedWrongly: ReadonlySet<number> = new Set([1002, 1007, 1009, 4400, 4429])
