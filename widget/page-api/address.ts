import type { Core } from '../core.ts'
import type { Running } from '../run.ts'
import { gather } from '../settings.ts'
import { isSignedIn } from '../who.ts'
import { openConversation } from './opening.ts'
import { readyChat } from './ready.ts'

/** Parameters of the page's address that do something: a sign-in, a conversation, a first message that nobody sees. */
export function followAddress(running: Running): void {
  const { core } = running
  const address = new URL(location.href)
  const own = [...address.searchParams].filter(([name]) => /^tiledesk_(jwt|conversation|hiddenmessage)$/i.test(name))
  const { tiledesk_jwt: token, tiledesk_conversation: conversation, tiledesk_hiddenmessage: message } = gather(own)
  if (token) signIn(core, String(token))
  // Where a mail leads back to: it is there for him whose it is, once he is signed in, and for nobody else.
  if (conversation) void openConversation(running, conversation)
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
