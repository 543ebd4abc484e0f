/** Why a change of a conversation was not made, how it stands now, and what insisting on it is called. */
import type { Conversation } from '../../../../protocol/records.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { codeOf, fieldOf, sentenceFor } from '../../../stores/api.ts'
import type { Patch } from '../../../stores/inbox.ts'

export const outOfSight = 'Somebody else has it now, or it was erased.'

export function whyNot(error: unknown): string {
  if (codeOf(error) !== 'not_found') return sentenceFor(error)
  const field = fieldOf(error)
  if (field === 'assigneeId') return 'This person is no longer a member.'
  if (field === 'departmentId') return 'This department has been deleted.'
  return `You cannot see this conversation any more. ${outOfSight}`
}

export function standing(patch: Patch, { state, assignee, department }: Conversation, me: string): string {
  if (patch.assignee !== undefined) {
    if (assignee === null) return 'nobody has it now.'
    return assignee.id === me ? 'you have it now.' : `${cleanName(assignee.name) ?? 'another agent'} has it now.`
  }
  if (patch.state !== undefined) return `it is ${state} now.`
  if (patch.department !== undefined) {
    return department === null ? 'it is in no department now.' : `it is in ${cleanName(department.name)} now.`
  }
  return 'it has other tags now.'
}

export function insistence({ assignee, state, department }: Patch): string {
  if (assignee !== undefined) return assignee === null ? 'Unassign anyway' : 'Assign anyway'
  if (state !== undefined) return { open: 'Reopen anyway', resolved: 'Resolve anyway', snoozed: 'Snooze anyway' }[state]
  return department === undefined ? 'Tag anyway' : 'Move anyway'
}
