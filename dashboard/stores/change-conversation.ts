import type { Api } from '../../client/api.ts'
import { sentenceFor } from './api.ts'
import { isAgents, type Patch } from './inbox.ts'
import { toast } from './toasts.ts'
import type { Workspace } from './workspace.ts'

/** Shows a change at once; confirms it with the server's copy, or takes it back and says why (AG5). */
export async function changeConversation(api: Api, { inbox }: Workspace, id: string, patch: Patch): Promise<boolean> {
  const undo = inbox.patch(id, patch)
  try {
    const answer = await api('PATCH /conversations/:conversation', {
      params: { conversation: id },
      body: bodyOf(patch),
    })
    if (isAgents(answer)) inbox.receive([answer])
    return true
  } catch (error) {
    toast(`Not changed. ${sentenceFor(error)}`, { tone: 'bad' })
    return false
  } finally {
    undo()
  }
}

function bodyOf({ state, assignee, department, tags }: Patch) {
  return {
    ...(state !== undefined && { state }),
    ...(assignee !== undefined && { assigneeId: assignee?.id ?? null }),
    ...(department !== undefined && { departmentId: department?.id ?? null }),
    ...(tags !== undefined && { tags }),
  }
}
