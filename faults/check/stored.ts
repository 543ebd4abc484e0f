/** DL1, DL2: each acked message is there exactly once, and nothing that was refused or that nobody sent. */
import type { Journal, Noted } from '../people/journal.ts'
import type { Finding, Rule } from './finding.ts'
import type { Rights } from './rights.ts'
import type { MessageRow, Rows } from './rows.ts'

/** Refusals that say nothing about the message; it goes again, with another session where this one has ended. */
export const passingCodes: ReadonlySet<string> = new Set([
  'rate_limited',
  'unavailable',
  'internal_error',
  'session_ended',
  'not_signed_in',
])

export function checkStored(journals: readonly Journal[], rows: Rows, rights: Rights): Finding[] {
  const byClientId = Map.groupBy(rows.messages, (row) => row.clientId)
  const twice = [...byClientId].flatMap(([clientId, { length }]): Finding[] =>
    length > 1 ? [{ rule: 'stored twice', who: '', what: `${length} messages have the client id ${clientId}` }] : [],
  )
  const perJournal = journals.flatMap((journal) => checkJournal(journal, byClientId, rights))
  return [...twice, ...perJournal, ...checkOrigin(journals, rows)]
}

/** Until then every node knows what somebody may do (VS16). */
export const knownWithinMs = 1_000

type Sent = Extract<Noted, { kind: 'sent' }>

function checkJournal(journal: Journal, byClientId: ReadonlyMap<string, MessageRow[]>, rights: Rights): Finding[] {
  const sent = new Map<string, Sent>()
  const answered = new Set<string>()
  const findings: Finding[] = []
  const find = (rule: Rule | undefined, what: string) => {
    if (rule) findings.push({ rule, who: journal.name, what })
  }
  for (const entry of journal.entries) {
    if (entry.kind === 'sent') sent.set(entry.clientId, entry)
    if (!isAnswer(entry)) continue
    const { clientId } = entry
    answered.add(clientId)
    const rows = byClientId.get(clientId) ?? []
    if (entry.kind === 'acked') find(faultOfAck(entry, sent.get(clientId), rows[0]), clientId)
    else
      for (const rule of faultsOfRefusal(journal, entry, sent.get(clientId), rows, rights))
        find(rule, `${clientId} with ${entry.code}`)
  }
  for (const clientId of sent.keys()) if (!answered.has(clientId)) find('never answered', clientId)
  return findings
}

type Acked = Extract<Noted, { kind: 'acked' }>
type Refused = Extract<Noted, { kind: 'refused' }>

const isAnswer = (entry: Noted): entry is Acked | Refused =>
  entry.kind === 'acked' || (entry.kind === 'refused' && !passingCodes.has(entry.code))

function faultOfAck({ message }: Acked, sent: Sent | undefined, row: MessageRow | undefined): Rule | undefined {
  if (sent?.expected !== undefined) return 'taken wrongly'
  if (!row) return 'acked and not stored'
  return sameMessage(row, message) ? undefined : 'stored otherwise than acked'
}

function faultsOfRefusal(
  journal: Journal,
  refused: Refused,
  sent: Sent | undefined,
  rows: MessageRow[],
  rights: Rights,
): Rule[] {
  const stored =
    rows.some((row) => row.authorId === readerId(journal)) && !lostMeanwhile(journal, refused, sent, rights)
  return [
    ...(stored ? (['refused and stored'] as const) : []),
    ...(mayBeRefused(journal, refused, sent, rights) ? [] : (['refused wrongly'] as const)),
  ]
}

/** Sent, taken, and asked for again only after he had lost the right to know: then he is told that nothing is there. */
function lostMeanwhile({ reader }: Journal, { code, at }: Refused, sent: Sent | undefined, rights: Rights): boolean {
  if (reader.kind === 'visitor' || code !== 'not_found' || !sent?.conversationId) return false
  const span = { from: sent.at - knownWithinMs, to: at }
  const { conversationId } = sent
  const always = rights.surelyMay(reader.agentId, conversationId, span)
  return !always && !rights.surelyMayNot(reader.agentId, conversationId, span)
}

/** What is bad on purpose has its code; and whoever may not see a conversation is told that it does not exist. */
function mayBeRefused({ reader }: Journal, { code, at }: Refused, sent: Sent | undefined, rights: Rights): boolean {
  if (sent?.expected === code) return true
  if (code !== 'not_found' || reader.kind === 'visitor' || !sent?.conversationId) return false
  return !rights.surelyMay(reader.agentId, sent.conversationId, { from: sent.at - knownWithinMs, to: at })
}

/** Each row was sent by its author, with this text; but for lines, which nobody sends. */
function checkOrigin(journals: readonly Journal[], rows: Rows): Finding[] {
  const known = new Set<string>()
  for (const journal of journals) {
    for (const entry of journal.entries) {
      if (entry.kind === 'sent' && !entry.expected) known.add(`${entry.clientId} ${readerId(journal)} ${entry.digest}`)
    }
  }
  return rows.messages
    .filter((row) => !row.line && !known.has(`${row.clientId} ${row.authorId} ${row.digest}`))
    .map((row): Finding => ({ rule: 'stored and never sent', who: '', what: row.clientId }))
}

const readerId = ({ reader }: Journal): string => (reader.kind === 'visitor' ? reader.visitorId : reader.agentId)

type Comparable = Pick<MessageRow, 'id' | 'clientId' | 'conversationId' | 'seq' | 'authorId' | 'digest'>

export function sameMessage(one: Comparable, other: Comparable): boolean {
  const fields = ['id', 'clientId', 'conversationId', 'seq', 'authorId', 'digest'] as const
  return fields.every((field) => one[field] === other[field])
}
