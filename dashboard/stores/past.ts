/**
 * A stretch of a conversation's history around a message that somebody went to, apart from the present: between the two
 * may be messages that nobody has fetched. It grows either way as it is read. Once it has a message that the present has,
 * too, there is nothing between them any more: then the two are put together, and never before. What is shown is always
 * one of them, so that it never has a hole.
 */
import { atom, type ReadableAtom } from 'nanostores'
import type { Api } from '../../client/api.ts'
import { createTimeline, type Row } from '../../client/timeline.ts'
import type { Message } from '../../protocol/records.ts'
import { codeOf } from './api.ts'

/** Of what lies beyond an end of what is known. */
export type More = 'none' | 'some' | 'loading' | 'failed'

export interface PastState {
  /** `missing`: the message is not there any more. */
  phase: 'loading' | 'ready' | 'failed' | 'missing'
  older: More
  newer: More
}

export interface Past {
  /** What it was fetched around. */
  message: string
  rows: ReadableAtom<readonly Row[]>
  state: ReadableAtom<PastState>
  load(): Promise<void>
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /** It may have come to its end by what was known then; since, something was added to the present. */
  mayGoOn(): void
}

const pageSize = '50'

/** `grown`: there are new messages in it. */
export function createPast(api: Api, conversation: string, message: string, grown: () => unknown): Past {
  const timeline = createTimeline()
  const state = atom<PastState>({ phase: 'loading', older: 'none', newer: 'none' })
  const change = (changes: Partial<PastState>) => state.set({ ...state.get(), ...changes })
  const ask = (query: { around: string } | { before: string } | { after: string }) =>
    api('GET /conversations/:conversation/messages', { params: { conversation }, query: { ...query, limit: pageSize } })

  async function load() {
    change({ phase: 'loading' })
    try {
      const { messages, more, newer } = await ask({ around: message })
      timeline.replace(messages)
      change({ phase: 'ready', older: more ? 'some' : 'none', newer: newer ? 'some' : 'none' })
      grown()
    } catch (error) {
      change({ phase: codeOf(error) === 'not_found' ? 'missing' : 'failed' })
    }
  }

  async function grow(way: 'older' | 'newer', from: string | undefined) {
    const now = state.get()
    // One way at a time, so that what is read keeps its place.
    const isBusy = now.older === 'loading' || now.newer === 'loading'
    if (now.phase !== 'ready' || isBusy || now[way] === 'none' || from === undefined) return
    change({ [way]: 'loading' })
    try {
      const page = await ask(way === 'older' ? { before: from } : { after: from })
      timeline.add(page.messages)
      change({ [way]: page.more ? 'some' : 'none' })
      grown()
    } catch {
      change({ [way]: 'failed' })
    }
  }

  return {
    message,
    rows: timeline.rows,
    state,
    load,
    loadOlder: () => grow('older', storedIn(timeline.rows.get())[0]?.id),
    loadNewer: () => grow('newer', storedIn(timeline.rows.get()).at(-1)?.id),
    mayGoOn() {
      if (state.get().newer === 'none') change({ newer: 'some' })
    },
  }
}

export function storedIn(rows: readonly Row[]): Message[] {
  return rows.flatMap((row) => (row.state === 'sent' ? [row.message] : []))
}
