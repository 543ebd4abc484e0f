/**
 * The messages of each conversation that has been looked at, kept while the page lives: opening one again waits for
 * nothing. A thread that may have holes (after `reset`) shows what it has until the fresh messages replace it. What it
 * has reaches down to the present; who goes to a message further up is shown a past of its own (past.ts).
 */
import { atom, type ReadableAtom, type WritableAtom } from 'nanostores'
import type { Api } from '../../client/api.ts'
import type { OutboxEntry } from '../../client/outbox-entry.ts'
import { createTimeline, type Row, type Timeline } from '../../client/timeline.ts'
import type { Message } from '../../protocol/records.ts'
import { createPast, type More, type Past, storedIn } from './past.ts'

export interface ThreadState {
  phase: 'new' | 'loading' | 'ready' | 'stale' | 'failed'
  /** Is there more above? */
  older: More
}

/** The message that somebody wants to see: another object each time he goes there. */
export interface Goal {
  message: string
}

export interface Thread {
  rows: ReadableAtom<readonly Row[]>
  state: ReadableAtom<ThreadState>
  /** In the place of the present. */
  past: ReadableAtom<Past | undefined>
  goal: ReadableAtom<Goal | undefined>
}

export interface Threads {
  of(conversationId: string): Thread
  /** Fetches the latest messages, unless they are here. */
  open(conversationId: string): void
  /** What stands above what is shown; below it, if that is of the past. */
  loadOlder(conversationId: string): void
  loadNewer(conversationId: string): void
  /** To a message, wherever in the history it stands. */
  goTo(conversationId: string, message: string): void
  goToPresent(conversationId: string): void
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
  past: WritableAtom<Past | undefined>
  goal: WritableAtom<Goal | undefined>
  /** What has come by the socket since the latest were asked for. */
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
    const [past, goal] = [atom<Past | undefined>(undefined), atom<Goal | undefined>(undefined)]
    const thread = { timeline, rows: timeline.rows, state, past, goal, meanwhile: [] }
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
      presentGrew(thread)
    } catch {
      if (thread.meanwhile.length > 0) thread.timeline.replace(thread.meanwhile)
      thread.state.set({ phase: 'failed', older: 'failed' })
    }
  }

  async function loadOlder(conversation: string) {
    const thread = of(conversation)
    const before = storedIn(thread.rows.get())[0]?.id
    const { phase, older } = thread.state.get()
    if (phase !== 'ready' || !(older === 'some' || older === 'failed') || before === undefined) return
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
      thread.state.set({ ...thread.state.get(), older: 'failed' })
    }
  }

  function goTo(conversation: string, message: string) {
    const thread = of(conversation)
    thread.goal.set({ message })
    if (thread.state.get().phase === 'ready' && has(thread, message)) return thread.past.set(undefined)
    const past = thread.past.get()
    const isComing = past?.message === message && past.state.get().phase === 'loading'
    if (past === undefined || !(isComing || has(past, message))) read(conversation, thread, message)
  }

  function read(conversation: string, thread: Known, message: string) {
    const past = createPast(api, conversation, message, () => past === thread.past.get() && join(thread))
    thread.past.set(past)
    void past.load()
  }

  return {
    of,
    open(conversationId) {
      const { phase } = of(conversationId).state.get()
      if (phase !== 'ready' && phase !== 'loading') void load(conversationId)
    },
    loadOlder(conversationId) {
      const { past, state } = of(conversationId)
      const stretch = past.get()
      if (stretch) void stretch.loadOlder()
      else if (state.get().phase === 'failed') void load(conversationId)
      else void loadOlder(conversationId)
    },
    loadNewer: (conversationId) => void of(conversationId).past.get()?.loadNewer(),
    goTo,
    goToPresent(conversationId) {
      const { past, goal } = of(conversationId)
      past.set(undefined)
      goal.set(undefined)
    },
    add(message) {
      const thread = known.get(message.conversationId)
      if (thread === undefined || thread.state.get().phase === 'new') return
      thread.meanwhile.push(message)
      // Between this and what was known before may be a hole.
      if (thread.state.get().phase === 'failed') thread.timeline.replace(thread.meanwhile)
      else thread.timeline.add([message])
      presentGrew(thread)
    },
    replace(conversationId, messages) {
      const thread = of(conversationId)
      thread.timeline.replace(messages)
      // Whether there is more above, only asking tells.
      thread.state.set({ phase: 'ready', older: messages.length > 0 ? 'some' : 'none' })
      presentGrew(thread)
    },
    setUnsent(entries) {
      unsent = entries
      for (const [id, thread] of known) {
        thread.timeline.setUnsent(entries.filter((entry) => entry.conversationId === id))
      }
    },
    spoil() {
      for (const [id, thread] of known) {
        const { state, past } = thread
        if (state.get().phase !== 'new') state.set({ ...state.get(), phase: 'stale' })
        const message = past.get()?.message
        if (message !== undefined) read(id, thread, message)
      }
    },
    drop: (conversationId) => void known.delete(conversationId),
  }
}

/** The present has more than it had: perhaps all that the past lacked. */
function presentGrew(thread: Known): void {
  join(thread)
  thread.past.get()?.mayGoOn()
}

/** Past and present become one as soon as they touch. */
function join({ timeline, rows, state, past }: Known): void {
  const stretch = past.get()
  if (stretch?.state.get().phase !== 'ready' || state.get().phase !== 'ready') return
  const messages = storedIn(stretch.rows.get())
  const known = new Set(storedIn(rows.get()).map(({ id }) => id))
  if (!messages.some(({ id }) => known.has(id))) return
  const reachesFurther = messages[0] !== undefined && !known.has(messages[0].id)
  timeline.add(messages)
  const { older } = reachesFurther ? stretch.state.get() : state.get()
  // What is on its way to the one is nothing to the two.
  state.set({ phase: 'ready', older: older === 'loading' ? 'some' : older })
  past.set(undefined)
}

const has = ({ rows }: Pick<Thread, 'rows'>, message: string): boolean =>
  storedIn(rows.get()).some(({ id }) => id === message)
