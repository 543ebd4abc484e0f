import type { Core } from '../../core.ts'
import type { Chat } from '../chat.ts'
import type { FieldValues, FormField } from './form-fields.ts'

const longestAnswer = 500
const mostOfAll = 2_000

/** The visitor has said what was asked. It is kept, so that it is asked once; signing out forgets it. */
export function answer(core: Core, chat: Chat, fields: readonly FormField[], given: FieldValues): void {
  const { settings, session, shelf } = core
  const userFullname = said(given.userFullname) || settings.userFullname
  const userEmail = said(given.userEmail) || settings.userEmail
  shelf.set('answers', answersIn(fields, given))
  introduce(core, userFullname, userEmail)
  core.changes.set(core.changes.get() + 1)
  const who = session.who.get()
  if (who.state === 'guest' && who.session) {
    const body = { ...(userFullname && { name: userFullname }), ...(userEmail && { email: userEmail }) }
    core.call('PATCH /visitor-session', { body }).catch(core.events.report)
  }
  const first = said(given.firstMessage)
  if (first) chat.submit(first)
}

function introduce({ settings, shelf, session }: Core, userFullname: string, userEmail: string): void {
  if (session.who.get().state !== 'guest') return
  const claims = { userFullname, userEmail }
  Object.assign(settings, claims)
  shelf.set('claims', claims)
}

/** As they travel with the first message: no longer than that has room for. */
export function answersIn(fields: readonly FormField[], given: FieldValues): Record<string, string | boolean> {
  const answers: Record<string, string | boolean> = {}
  let room = mostOfAll
  for (const { name, type } of fields) {
    const value = given[name]
    if (type === 'static' || value === undefined || value === '' || name === 'firstMessage') continue
    answers[name] = typeof value === 'string' ? value.slice(0, Math.min(longestAnswer, room)) : value
    room -= String(answers[name]).length + name.length
    if (room <= 0) break
  }
  return answers
}

function said(value: string | boolean | undefined): string {
  return typeof value === 'string' ? value : ''
}
