import type { Conversation } from '../../../../protocol/records.ts'
import { changeConversation, Overtaken } from '../../../stores/change-conversation.ts'
import type { Patch } from '../../../stores/inbox.ts'
import { toast } from '../../../stores/toasts.ts'
import { useHere } from '../../workspace-context.ts'
import { insistence, standing, whyNot } from './not-changed.ts'

export interface Change {
  setState: (state: Conversation['state']) => void
  assign: (assignee: Conversation['assignee']) => void
  moveTo: (department: Conversation['department']) => void
}

/** What an agent does to a conversation: seen at once, and taken back by one press. */
export function useChange(conversation: Conversation): Change {
  const { inbox, agent } = useHere().workspace
  const { state, assignee, department } = conversation
  async function change(patch: Patch, seen = conversation): Promise<boolean> {
    try {
      await changeConversation(inbox, seen, patch)
      return true
    } catch (error) {
      if (error instanceof Overtaken) askAgain(patch, error.now)
      else toast(`Not changed. ${whyNot(error)}`, { tone: 'bad' })
      return false
    }
  }
  function askAgain(patch: Patch, now: Conversation) {
    const run = () => void change(patch, now)
    toast(`Somebody else was quicker: ${standing(patch, now, agent.id)}`, { action: { label: insistence(patch), run } })
  }
  const withUndo = (words: string, patch: Patch, back: Patch) => {
    const done = change(patch)
    // In order: an undo that overtakes what it undoes would lose. What somebody else has done since, it does not undo.
    const run = () => void done.then((changed) => changed && change(back, { ...conversation, ...patch }))
    const takeBack = toast(words, { action: { label: 'Undo', run } })
    void done.then((changed) => changed || takeBack())
  }
  return {
    setState(next) {
      if (next === state) return
      if (next === 'open') void change({ state: next })
      else withUndo(next === 'resolved' ? 'Resolved' : 'Snoozed until the visitor writes', { state: next }, { state })
    },
    assign(next) {
      if (next?.id !== assignee?.id) void change({ assignee: next })
    },
    moveTo(next) {
      if (next?.id !== department?.id) void change({ department: next && { id: next.id, name: next.name } })
    },
  }
}
