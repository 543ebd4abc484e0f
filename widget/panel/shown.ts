import { atom, type ReadableAtom, type WritableAtom } from 'nanostores'
import type { OutboxEntry } from '../../client/outbox-entry.ts'
import { createTimeline, type Timeline } from '../../client/timeline.ts'
import type { VisitorConversation } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import type { Conversations } from './conversations.ts'
import { createHistory, type History } from './history.ts'

/** The one conversation on the screen: one that there is, or one that is about to be. */
export interface Shown {
  conversation: WritableAtom<VisitorConversation | undefined>
  timeline: Timeline
  history: History
  /** Counts the times that another conversation came to the screen, whatever became of it since. */
  turn: ReadableAtom<number>
  /** Null while a new conversation has no id yet, undefined while it is not known which one is meant. */
  id(): string | null | undefined
  has(id: string): boolean
  show(chosen: VisitorConversation | undefined, isNew: boolean): void
  /** Draws it anew, from its end. */
  again(): void
  /** The new conversation has come to be. */
  adopt(id: string): void
  /** Does it belong here, unsent as it is? */
  takes(entry: OutboxEntry): boolean
}

export function createShown(core: Core, conversations: Conversations): Shown {
  const timeline = createTimeline()
  const conversation = atom<VisitorConversation | undefined>(undefined)
  const history = createHistory(core, timeline, () => conversation.get()?.id)
  const turn = atom(0)
  let begun: string | null | undefined

  const again = () => turn.set(turn.get() + 1)
  const id = () => conversation.get()?.id ?? begun

  return {
    conversation,
    timeline,
    history,
    turn,
    id,
    again,
    has: (one) => conversation.get()?.id === one,
    show(chosen, isNew) {
      begun = isNew ? null : undefined
      conversation.set(chosen)
      history.begin(isNew)
      again()
    },
    adopt(one) {
      begun = one
      const known = conversations.find(one)
      if (!known || conversation.get()) return
      conversation.set(known)
      void history.loadLatest()
    },
    takes({ conversationId }) {
      const current = id()
      // Before the server says which conversation there is, whatever waits is shown.
      if (current === undefined) return true
      return conversationId === null ? begun === current : conversationId === current
    },
  }
}
