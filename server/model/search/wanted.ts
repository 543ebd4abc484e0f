import type { ConversationState } from '../../../protocol/records.ts'
import { maySee } from '../access.ts'
import type { Actor } from '../caller.ts'

/** What somebody looks for, among which conversations; and who it is, so that he finds only what he may see. */
export interface Wanted {
  projectId: string
  actor: Actor
  text: string
  state: ConversationState | undefined
  /** `null`: nobody. */
  assigneeId: string | null | undefined
  /** `null`: none. */
  departmentId: string | null | undefined
}

/** What is read of a conversation and its visitor. */
export interface FoundRow {
  conversation_id: string
  state: ConversationState
  assignee_id: string | null
  department_id: string | null
  name: string | null
  email: string | null
  external_id: string | null
}

export function isWanted(row: FoundRow, { actor, state, assigneeId, departmentId }: Wanted): boolean {
  if (!maySee(actor, { assigneeId: row.assignee_id, departmentId: row.department_id })) return false
  if (state !== undefined && row.state !== state) return false
  if (assigneeId !== undefined && row.assignee_id !== assigneeId) return false
  return departmentId === undefined || row.department_id === departmentId
}
