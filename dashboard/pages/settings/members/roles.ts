import type { Role } from '../../../../protocol/records.ts'

export const roleNames: Record<Role, string> = { owner: 'Owner', admin: 'Admin', agent: 'Agent' }

const options = [
  { value: 'agent', text: 'Agent', hint: 'Answers chats' },
  { value: 'admin', text: 'Admin', hint: 'Answers chats and changes settings' },
  { value: 'owner', text: 'Owner', hint: 'Everything, and makes owners' },
] as const satisfies readonly { value: Role; text: string; hint: string }[]

/** What somebody of this role may give to others: only an owner makes owners (SS10). */
export function rolesGivenBy(role: Role) {
  return role === 'owner' ? options : options.filter((option) => option.value !== 'owner')
}
