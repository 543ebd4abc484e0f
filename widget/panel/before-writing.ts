import type { Core } from '../core.ts'
import type { Chat } from './chat.ts'

/** What a page or a project wants to know before the first message of a new conversation. */
export function beforeWriting(core: Core, chat: Chat): 'departments' | 'form' | undefined {
  if (needsDepartment(core, chat)) return 'departments'
  return needsForm(core) ? 'form' : undefined
}

function needsDepartment({ project, settings }: Core, { department }: Chat): boolean {
  const choice = project.get()?.departments ?? []
  return choice.length > 1 && !settings.departmentID && department.get() === undefined
}

/** Once is enough. Whoever is known already is not asked who he is. */
function needsForm({ settings, session, shelf }: Core): boolean {
  if (!settings.preChatForm || shelf.get('answers')) return false
  if (settings.preChatFormJson.length) return true
  return session.who.get().state === 'guest' && !(settings.userFullname && settings.userEmail)
}
