/**
 * A visitor whose session is renewed in place changes no conversation, so the copies here do not hear of it. Shortly
 * before one would call him "verified earlier", the server is asked whether that is true.
 */
import type { ReadableAtom } from 'nanostores'
import type { Api } from '../../client/api.ts'
import type { Conversation } from '../../protocol/records.ts'
import { type Inbox, isAgents } from './inbox.ts'
import { $now, tickMs } from './now.ts'

/** Until the function that comes back is called. */
export function followRenewals(api: Api, inbox: Inbox, now: ReadableAtom<number> = $now): () => void {
  /** Visitor and end of the session: each is asked about once. */
  const asked = new Set<string>()
  let last = Promise.resolve()

  async function ask(conversation: string) {
    try {
      const answer = await api('GET /conversations/:conversation', { params: { conversation } })
      if (isAgents(answer)) inbox.renew(answer.visitor)
    } catch {
      // The copy stays as it is, and says "earlier" when its time has come.
    }
  }

  return now.listen((time) => {
    for (const conversation of inbox.conversations.get().values()) {
      const end = endingSession(conversation, time)
      if (end === undefined || asked.has(end)) continue
      asked.add(end)
      // One after the other: after a night many run out at once.
      last = last.then(() => ask(conversation.id))
    }
  })
}

/** A session that will have run out when the clock ticks next. */
function endingSession({ visitor }: Conversation, now: number): string | undefined {
  const { id, identity, verification } = visitor
  if (identity !== 'verified' || verification === null || verification.expiresAt > now + tickMs) return undefined
  return `${id} ${verification.expiresAt}`
}
