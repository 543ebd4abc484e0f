/**
 * The messages of each conversation that has been looked at, kept while the page lives: opening one again waits for
 * nothing. A thread that may have holes (after `reset`) shows what it has until the fresh messages replace it.
 */
import { atom, type ReadableAtom, type WritableAtom } from 'nanostores'
import type { Api } from '../../client/api.ts'
import type { OutboxEntry } from '../../client/outbox-entry.ts'
import { createTimeline, type Row, type Timeline } from '../../client/timeline.ts'
import type { Message } from '../../protocol/records.ts'

export interface ThreadState {
  phase: 'new' | 'loading' | 'ready' | 'stale' | 'failed'
  /** Is there more above? */
  older: 'none' | 'some' | 'loading'
}

export interface Thread {
  rows: ReadableAtom<readonly Row[]>
  state: ReadableAtom<ThreadState>
}

export interface Threads {
  of(conversationId: string): Thread
  /** Fetches the latest messages, unless they are here. */
  open(conversationId: string): void
  loadOlder(conversationId: string): void
  add(message: Message): void
  replace(conversationId: string, messages: readonly Message[]): void
  setUnsent(entries: readonly OutboxEntry[]): void
  /** Everything may have holes. */
  spoil(): void
  drop(conversationId: string): void
}

interface Known extends Thread {
  timeline: Timeline
  state: WritableAtom<ThreadState>
  /** What came by the socket while the latest were being fetched. */
  meanwhile: Message[]
}

const pageSize = '50'

export function createThreads(api: Api): Threads {
  const known = new Map<string, Known>()
  let unsent: readonly OutboxEntry[] = []

  function of(conversationId: string): Known {
    const old = known.get(conversationId)
    if (old) return old
    const timeline = createTimeline()
    const state = atom<ThreadState>({ phase: 'new', older: 'none' })
    const thread = { timeline, rows: timeline.rows, state, meanwhile: [] }
    known.set(conversationId, thread)
    timeline.setUnsent(unsent.filter((entry) => entry.conversationId === conversationId))
    return thread
  }

  async function load(conversation: string) {
    const thread = of(conversation)
    thread.meanwhile = []
    thread.state.set({ ...thread.state.get(), phase: 'loading' })
    try {
      const { messages, more } = await api('GET /conversations/:conversation/messages', {
        params: { conversation },
        query: { limit: pageSize },
      })
      thread.timeline.replace([...messages, ...thread.meanwhile])
      thread.state.set({ phase: 'ready', older: more ? 'some' : 'none' })
    } catch {
      thread.state.set({ ...thread.state.get(), phase: 'failed' })
    }
  }

  async function loadOlder(conversation: string) {
    const thread = of(conversation)
    const before = oldest(thread.rows.get())
    const { phase, older } = thread.state.get()
    if (phase !== 'ready' || older !== 'some' || before === undefined) return
    thread.state.set({ phase, older: 'loading' })
    try {
      const { messages, more } = await api('GET /conversations/:conversation/messages', {
        params: { conversation },
        query: { before, limit: pageSize },
      })
      if (thread.state.get().older !== 'loading') return
      thread.timeline.add(messages)
      thread.state.set({ ...thread.state.get(), older: more ? 'some' : 'none' })
    } catch {
      thread.state.set({ ...thread.state.get(), older: 'some' })
    }
  }

  return {
    of,
    open(conversationId) {
      const { phase } = of(conversationId).state.get()
      if (phase !== 'ready' && phase !== 'loading') void load(conversationId)
    },
    loadOlder: (conversationId) => void loadOlder(conversationId),
    add(message) {
      const thread = known.get(message.conversationId)
      if (thread === undefined || thread.state.get().phase === 'new') return
      thread.meanwhile.push(message)
      thread.timeline.add([message])
    },
    replace(conversationId, messages) {
      const thread = of(conversationId)
      thread.timeline.replace(messages)
      // Whether there is more above, only asking tells.
      thread.state.set({ phase: 'ready', older: messages.length > 0 ? 'some' : 'none' })
    },
    setUnsent(entries) {
      unsent = entries
      for (const [id, thread] of known) {
        thread.timeline.setUnsent(entries.filter((entry) => entry.conversationId === id))
      }
    },
    spoil() {
      for (const { state } of known.values()) {
        if (state.get().phase !== 'new') state.set({ ...state.get(), phase: 'stale' })
      }
    },
    drop: (conversationId) => void known.delete(conversationId),
  }
}

function oldest(rows: readonly Row[]): string | undefined {
  const first = rows[0]
  return first?.state === 'sent' ? first.message.id : undefined
}
