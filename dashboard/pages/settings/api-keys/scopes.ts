import type { ApiScope } from '../../../../protocol/admin-records.ts'

interface Scope {
  scope: ApiScope
  text: string
  hint: string
}

/** What an API key may do, in words. */
export const scopes: readonly Scope[] = [
  {
    scope: 'conversations:read',
    text: 'Read conversations',
    hint: 'All conversations of the project with their messages, notes and files, whoever they are assigned to.',
  },
  {
    scope: 'conversations:write',
    text: 'Write in conversations',
    hint: 'Writes messages and notes, with files, under the name of the key; assigns, moves, tags, resolves and reopens.',
  },
  {
    scope: 'visitors:read',
    text: 'Look people up',
    hint: 'Name, e-mail and how much is stored of a person, by external id.',
  },
  {
    scope: 'visitors:export',
    text: 'Export people',
    hint: 'Everything that is stored of a person, with all conversations. Each export is in the audit log.',
  },
  {
    scope: 'visitors:ban',
    text: 'Ban people',
    hint: 'Bans visitors, lists bans and lifts them.',
  },
  {
    scope: 'visitors:sign_out',
    text: 'Sign visitors out',
    hint: 'Signs a person out of the chat in every browser, by external id. Call it when somebody logs out of your site.',
  },
  {
    scope: 'visitors:erase',
    text: 'Erase people',
    hint: 'Erases a person with all conversations, by external id, for good. Call it when somebody deletes an account.',
  },
  {
    scope: 'project:read',
    text: 'Read the team',
    hint: 'The name and looks of the project, its departments, and who answers. No keys and no other settings.',
  },
  {
    scope: 'reports:read',
    text: 'Read reports',
    hint: 'How much was asked and answered, how fast, and by whom, on which days. No names of visitors and no messages.',
  },
  {
    scope: 'departments:write',
    text: 'Change departments',
    hint: 'Makes, changes and deletes departments, and who is in them.',
  },
]

/** May read conversations, ban people */
export function scopesSentence(given: readonly string[]): string {
  const words = given.map((scope) => scopes.find((each) => each.scope === scope)?.text.toLowerCase() ?? scope)
  return `May ${words.join(', ')}`
}
