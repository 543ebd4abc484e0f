import { atom, type ReadableAtom } from 'nanostores'
import type { Message, VisitorConversation } from '../../protocol/records.ts'

/** The visitor's conversations that are known here, the latest first. */
export interface Conversations {
  list: ReadableAtom<readonly VisitorConversation[]>
  find(id: string | null | undefined): VisitorConversation | undefined
  /** Of two copies the newer one wins. */
  put(...fresh: VisitorConversation[]): void
  /** A message came, which is news of its conversation, too. */
  heard(message: Message): void
  drop(id: string): void
  forget(): void
}

export function createConversations(): Conversations {
  const list = atom<readonly VisitorConversation[]>([])
  const find = (id: string | null | undefined) => list.get().find((one) => one.id === id)
  const without = (id: string) => list.get().filter((one) => one.id !== id)

  function putOne(fresh: VisitorConversation): void {
    const known = find(fresh.id)
    if (known && known.version > fresh.version) return
    list.set([...without(fresh.id), fresh].sort((one, other) => other.lastActivityAt - one.lastActivityAt))
  }

  return {
    list,
    find,
    put: (...fresh) => fresh.forEach(putOne),
    heard(message) {
      const known = find(message.conversationId)
      const lastSeq = message.seq ?? 0
      if (!known || lastSeq <= known.lastSeq) return
      putOne({ ...known, lastSeq, lastMessage: message, lastActivityAt: message.createdAt })
    },
    drop: (id) => list.set(without(id)),
    forget: () => list.set([]),
  }
}

/** Is there something of somebody else's that the visitor has not seen? */
export function isUnread({ lastSeq, visitorReadSeq, lastMessage }: VisitorConversation): boolean {
  return lastSeq > visitorReadSeq && lastMessage?.author.kind === 'agent'
}

/** How much of it stands in others than this one. */
export function unreadBeside({ list }: Conversations, present: string | undefined): number {
  const others = list.get().filter((one) => one.id !== present && isUnread(one))
  return others.reduce((sum, { lastSeq, visitorReadSeq }) => sum + lastSeq - visitorReadSeq, 0)
}
