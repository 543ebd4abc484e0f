import filesCss from '../../styles/files.css?inline'
import { isSignedIn } from '../../who.ts'
import type { Surroundings } from '../app.tsx'
import { isAccepted } from '../more/may-attach.ts'
import { announce } from './announcements.ts'
import { handsOf } from './hands.ts'

export { Chips } from './chips.tsx'
export { InBubble } from './in-bubble.tsx'
export { filesCss }

/** Into the composer, and on their way. */
export function addFiles(surroundings: Surroundings, chosen: readonly File[]): void {
  const { core } = surroundings
  const who = core.session.who.get()
  if (!isSignedIn(who)) return
  const wanted = chosen.filter((file) => isAccepted(file, core.settings))
  const tooMany = handsOf(surroundings).uploads.add(who.owner, wanted)
  announce(tooMany ? 'tooMany' : wanted.length < chosen.length ? 'notWanted' : undefined)
}
