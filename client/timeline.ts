/**
 * What one conversation looks like: what is stored, and below it what this browser has not got off yet.
 *
 * Stored messages come from everywhere, in any order, some of them twice: from the socket, from the history, from an
 * ack. Each is known by its id, and drawn by its number. An unsent one is drawn until a stored one with its client id
 * is here, whoever of the two is heard of first; so a message is never to be seen twice, and never not at all.
 */
import { atom, type ReadableAtom } from 'nanostores'
import type { Message } from '../protocol/records.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** One line of a conversation. Its key stays the same from pending to sent, so that it is never drawn twice. */
export type Row =
  | { state: 'sent'; key: string; message: Message }
  | { state: 'pending'; key: string; entry: OutboxEntry }
  | { state: 'failed'; key: string; entry: OutboxEntry; failure: { code: string; message: string } }

export interface Timeline {
  rows: ReadableAtom<readonly Row[]>
  /** Stored messages, in any order, known ones included: the newer copy wins. */
  add(messages: readonly Message[]): void
  /** The unsent messages of this conversation. */
  setUnsent(entries: readonly OutboxEntry[]): void
  /** Forgets what it knew: after `reset` there may be a hole between that and the present. */
  replace(messages: readonly Message[]): void
}

export function createTimeline(): Timeline {
  const rows = atom<readonly Row[]>([])
  let messages = new Map<string, Message>()
  let unsent: readonly OutboxEntry[] = []

  function draw(): void {
    const stored = inOrder([...messages.values()])
    const arrived = new Set(stored.map((message) => message.clientId))
    const waiting = unsent.filter((entry) => !arrived.has(entry.clientId))
    rows.set([...stored.map(sent), ...waiting.map(notSent)])
  }

  function add(more: readonly Message[]): void {
    for (const message of more) messages.set(message.id, message)
    draw()
  }

  return {
    rows,
    add,
    setUnsent(entries) {
      unsent = entries
      draw()
    },
    replace(fresh) {
      messages = new Map()
      add(fresh)
    },
  }
}

/** By seq; a note, which has none, stands after what was there when it was written. */
function inOrder(messages: Message[]): Message[] {
  const numbered = messages.filter((message) => message.seq !== null).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const others = messages.filter((message) => message.seq === null).sort(byTime)
  const ordered: Message[] = []
  for (const message of numbered) {
    while (others[0] && others[0].createdAt < message.createdAt) ordered.push(...others.splice(0, 1))
    ordered.push(message)
  }
  return [...ordered, ...others]
}

function byTime(one: Message, other: Message): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)
}

function sent(message: Message): Row {
  return { state: 'sent', key: message.clientId, message }
}

function notSent(entry: OutboxEntry): Row {
  const key = entry.clientId
  return entry.state === 'failed'
    ? { state: 'failed', key, entry, failure: entry.failure }
    : { state: 'pending', key, entry }
}
