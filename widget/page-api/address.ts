import type { Core } from '../core.ts'
import type { Running } from '../run.ts'
import { gather } from '../settings.ts'
import { isKept, isSignedIn } from '../who.ts'
import { openConversation } from './opening.ts'
import { next, readyChat } from './ready.ts'

/** Parameters of the page's address that do something: a sign-in, a conversation, a first message that nobody sees. */
export function followAddress(running: Running): void {
  const { core } = running
  const address = new URL(location.href)
  const own = [...address.searchParams].filter(([name]) => /^tiledesk_(jwt|conversation|hiddenmessage)$/i.test(name))
  const { tiledesk_jwt: token, tiledesk_conversation: conversation, tiledesk_hiddenmessage: message } = gather(own)
  const isIts = token ? signIn(core, String(token)).catch(() => false) : Promise.resolve(false)
  // Where a mail leads back to: it is there for him whose it is, once he is signed in, and for nobody else.
  if (conversation) void openConversation(running, conversation)
  if (message) void isIts.then((said) => sayOnce(core, String(message), said))
  // A token has no place in a referrer or beside a message, and a reload must not repeat the message.
  for (const [name] of own) address.searchParams.delete(name)
  if (own.length) history.replaceState(history.state, '', address)
}

/**
 * Anybody can send anybody a link with a token of his own. So it signs in only where this browser knows nobody, and
 * after the page has had its say: never over a person, never over a guest, whose words would follow into its account.
 */
async function signIn({ session, shelf }: Core, token: string): Promise<boolean> {
  while (session.who.get().state === 'unknown') await next(session.who)
  const kept = shelf.get('session')
  const isSomebodyHere = isKept(kept) && isSignedIn(kept) && kept.session !== undefined
  return !isSomebodyHere && (await session.signIn(token)) !== undefined
}

/** Never in the name of somebody for whom the site vouches, unless the link brought him. */
async function sayOnce(core: Core, message: string, isIts: boolean): Promise<void> {
  const chat = await readyChat(core)
  const who = core.session.who.get()
  const isHeard = isSignedIn(who) && (isIts || who.state === 'guest')
  if (isHeard && !who.conversations) chat.submit(message, { subtype: 'info' }, true)
}
