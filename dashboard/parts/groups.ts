/** A conversation's messages as they stand on the screen: days, system lines, and groups by one author. */
import type { UnsentAttachment } from '../../client/outbox-entry.ts'
import type { Message } from '../../protocol/records.ts'
import { minute, sameDay } from './time.ts'

/** A message of the timeline: stored, on its way, or refused. */
export interface Entry {
  message: Message
  delivery: 'sent' | 'pending' | 'failed'
  /** What it brings along; of what is not sent, some may still be on its way. */
  files: readonly UnsentAttachment[]
  /** Why it was refused, in a sentence. */
  reason?: string
}

export type Item =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'system'; key: string; message: Message }
  | {
      kind: 'group'
      key: string
      side: 'visitor' | 'agent' | 'note'
      unverified: boolean
      entries: [Entry, ...Entry[]]
    }

type Group = Extract<Item, { kind: 'group' }>

const groupGap = 3 * minute

/** `identified`: the conversation belongs to a person whom a token once named, so unsigned messages need a mark. */
export function itemsOf(entries: readonly Entry[], identified: boolean): Item[] {
  const items: Item[] = []
  let previous: Entry | undefined
  for (const entry of entries) {
    const { message } = entry
    if (previous === undefined || !sameDay(previous.message.createdAt, message.createdAt)) {
      items.push({ kind: 'day', key: `day-${message.id}`, at: message.createdAt })
    }
    const last = items.at(-1)
    if (message.kind === 'system') items.push({ kind: 'system', key: message.id, message })
    else if (last?.kind === 'group' && continues(last, entry, identified)) last.entries.push(entry)
    else items.push(newGroup(entry, identified))
    previous = entry
  }
  return items
}

function newGroup(entry: Entry, identified: boolean): Group {
  const { clientId } = entry.message
  return {
    kind: 'group',
    key: clientId,
    side: sideOf(entry),
    unverified: isUnverified(entry, identified),
    entries: [entry],
  }
}

function continues(group: Group, entry: Entry, identified: boolean): boolean {
  const last = group.entries.at(-1)
  return (
    last !== undefined &&
    group.side === sideOf(entry) &&
    group.unverified === isUnverified(entry, identified) &&
    last.message.author.id === entry.message.author.id &&
    sameProof(last.message.verification, entry.message.verification) &&
    entry.message.createdAt - last.message.createdAt < groupGap
  )
}

function sideOf({ message }: Entry): Group['side'] {
  if (message.kind === 'note') return 'note'
  return message.author.kind === 'agent' ? 'agent' : 'visitor'
}

/** What was written after another sign-in has another record of how its author was verified (VS9). */
function sameProof(one: Message['verification'], other: Message['verification']): boolean {
  return one?.keyId === other?.keyId && one?.verifiedAt === other?.verifiedAt
}

function isUnverified({ message }: Entry, identified: boolean): boolean {
  return identified && message.author.kind === 'visitor' && message.verification === null
}
