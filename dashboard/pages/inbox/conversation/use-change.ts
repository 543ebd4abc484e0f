import type { Conversation } from '../../../../protocol/records.ts'
import { api } from '../../../stores/api.ts'
import { changeConversation } from '../../../stores/change-conversation.ts'
import type { Patch } from '../../../stores/inbox.ts'
import { toast } from '../../../stores/toasts.ts'
import { useHere } from '../../workspace-context.ts'

export interface Change {
  setState: (state: Conversation['state']) => void
  assign: (assignee: Conversation['assignee']) => void
  moveTo: (department: Conversation['department']) => void
}

/** What an agent does to a conversation: seen at once, and taken back by one press. */
export function useChange(conversation: Conversation): Change {
  const { workspace } = useHere()
  const { id, state, assignee, department } = conversation
  const change = (patch: Patch) => changeConversation(api, workspace, id, patch)
  const withUndo = (words: string, patch: Patch, back: Patch) => {
    const done = change(patch)
    // In order: an undo that overtakes what it undoes would lose.
    const run = () => void done.then((changed) => changed && change(back))
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
