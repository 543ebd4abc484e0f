import type { ReadableAtom } from 'nanostores'
import type { Core } from '../core.ts'
import type { Chat } from '../panel/chat.ts'
import { isSignedIn } from '../who.ts'

/** The chat of whoever is here; a guest's, when nobody is signed in and there is no reason why not. */
export async function readyChat({ session, panel }: Core): Promise<Chat> {
  const { chat } = await panel()
  if (session.who.get().state === 'out') await session.welcomeGuest()
  while (!isSignedIn(session.who.get())) await next(session.who)
  return chat
}

export function next(atom: ReadableAtom<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const stop = atom.listen(() => {
      stop()
      resolve()
    })
  })
}
