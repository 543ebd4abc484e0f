import type { Core } from './core.ts'

/**
 * A bot has asked a guest who he is, and says so beside its next message. It stays a claim: of whom the site vouches
 * for, no bot says anything.
 */
export function updateUser(core: Core, { updateUserFullname, updateUserEmail }: Record<string, unknown>): void {
  const { session, settings, shelf } = core
  const who = session.who.get()
  if (who.state !== 'guest' || !who.session) return
  const name = said(updateUserFullname)
  const email = said(updateUserEmail)
  if (!name && !email) return
  if (name) core.setParameter('userFullname', name)
  if (email) core.setParameter('userEmail', email)
  shelf.set('claims', { userFullname: name || settings.userFullname, userEmail: email || settings.userEmail })
  core
    .call('PATCH /visitor-session', { body: { ...(name && { name }), ...(email && { email }) } })
    .catch(core.events.report)
}

function said(given: unknown): string {
  return typeof given === 'string' ? given.trim().slice(0, 255) : ''
}
