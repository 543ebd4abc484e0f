import type { Core } from '../core.ts'
import { gather } from '../settings.ts'
import { isSignedIn } from '../who.ts'
import { readyChat } from './ready.ts'

/** Parameters of the page's address that do something: a sign-in, and a first message that nobody sees. */
export function followAddress(core: Core): void {
  const address = new URL(location.href)
  const own = [...address.searchParams].filter(([name]) => /^tiledesk_(jwt|hiddenmessage)$/i.test(name))
  const { tiledesk_jwt: token, tiledesk_hiddenmessage: message } = gather(own)
  if (token) signIn(core, String(token))
  if (message) void sayOnce(core, String(message))
  // A token has no place in a referrer or beside a message, and a reload must not repeat the message.
  for (const [name] of own) address.searchParams.delete(name)
  if (own.length) history.replaceState(history.state, '', address)
}

/** Not over somebody whom this browser knows: a link could make him write in another's name. */
function signIn({ session }: Core, token: string): void {
  if (session.mine()?.state !== 'verified') session.signIn(token).catch(() => {})
}

async function sayOnce(core: Core, message: string): Promise<void> {
  const chat = await readyChat(core)
  const who = core.session.who.get()
  if (isSignedIn(who) && !who.conversations) chat.submit(message, { subtype: 'info' }, true)
}
