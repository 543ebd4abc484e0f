/**
 * Every conversation that this agent has heard of, by id.
 *
 * Of two copies the one with the higher version holds, whichever way it came. What the agent does is laid over the
 * server's copy as a patch until the server has confirmed it; taking the patch off undoes it (AG5).
 */
import { atom, computed, type ReadableAtom } from 'nanostores'
import type { Conversation, Message, Visitor } from '../../protocol/records.ts'

export type Patch = Partial<Pick<Conversation, 'state' | 'assignee' | 'department' | 'tags'>>
export type Conversations = ReadonlyMap<string, Conversation>

/** Agents are given whole conversations; the types of answers allow for the visitor's view too. */
export function isAgents(conversation: object): conversation is Conversation {
  return 'visitor' in conversation
}

export interface Inbox {
  /** As the agent sees them: with what he has done and the server has not yet confirmed. */
  conversations: ReadableAtom<Conversations>
  receive(fresh: readonly Conversation[]): void
  receiveMessage(message: Message): void
  read(id: string, reader: 'visitor' | 'agent', seq: number): void
  presence(visitorId: string, online: boolean): void
  /** A fresh copy of a verified visitor, for all conversations of his. Who has been signed out meanwhile stays so. */
  renew(visitor: Visitor): void
  drop(id: string): void
  clear(): void
  /** Lays a change over a conversation; the answer takes it off again. */
  patch(id: string, patch: Patch): () => void
}

export function createInbox(): Inbox {
  const known = atom<Conversations>(new Map())
  const patches = atom<readonly { id: string; patch: Patch }[]>([])
  const conversations = computed([known, patches], (all, laid) => {
    if (laid.length === 0) return all
    const patched = new Map(all)
    for (const { id, patch } of laid) {
      const conversation = patched.get(id)
      if (conversation) patched.set(id, { ...conversation, ...patch })
    }
    return patched
  })

  function receive(fresh: readonly Conversation[]) {
    const next = new Map(known.get())
    for (const conversation of fresh) {
      const old = next.get(conversation.id)
      if (old === undefined || conversation.version >= old.version) next.set(conversation.id, merged(old, conversation))
    }
    known.set(next)
  }

  function change(id: string, by: (conversation: Conversation) => Conversation) {
    const conversation = known.get().get(id)
    if (conversation === undefined) return
    const changed = by(conversation)
    if (changed !== conversation) known.set(new Map(known.get()).set(id, changed))
  }

  return {
    conversations,
    receive,
    receiveMessage: (message) => change(message.conversationId, (conversation) => withMessage(conversation, message)),
    read: (id, reader, seq) => change(id, (conversation) => withRead(conversation, reader, seq)),
    presence(visitorId, online) {
      for (const { id, visitor } of known.get().values()) {
        if (visitor.id !== visitorId || visitor.online === online) continue
        change(id, (conversation) => ({ ...conversation, visitor: { ...visitor, online } }))
      }
    },
    renew(visitor) {
      for (const { id, visitor: old } of known.get().values()) {
        if (old.id === visitor.id && old.identity === 'verified')
          change(id, (conversation) => ({ ...conversation, visitor }))
      }
    },
    drop(id) {
      const next = new Map(known.get())
      if (next.delete(id)) known.set(next)
    },
    clear() {
      known.set(new Map())
      patches.set([])
    },
    patch(id, patch) {
      const laid = { id, patch }
      patches.set([...patches.get(), laid])
      return () => patches.set(patches.get().filter((each) => each !== laid))
    },
  }
}

/**
 * What a message changes comes with the message alone, and so do read marks: a page of the list that was made before
 * them and arrives after them must not take them back.
 */
function merged(old: Conversation | undefined, fresh: Conversation): Conversation {
  if (old === undefined) return fresh
  const isBehind = old.lastSeq > fresh.lastSeq
  const { lastSeq, lastMessage, lastActivityAt, waitingSince } = isBehind ? old : fresh
  return {
    ...fresh,
    lastSeq,
    lastMessage,
    lastActivityAt,
    waitingSince,
    visitorReadSeq: Math.max(old.visitorReadSeq, fresh.visitorReadSeq),
    agentReadSeq: Math.max(old.agentReadSeq, fresh.agentReadSeq),
  }
}

/** The same that the server does when it stores one. Notes leave the row alone. */
function withMessage(conversation: Conversation, message: Message): Conversation {
  const { seq, author, createdAt } = message
  if (seq === null || seq <= conversation.lastSeq) return conversation
  if (author.kind === 'system') return withLine(conversation, seq)
  return {
    ...conversation,
    lastSeq: seq,
    lastMessage: message,
    lastActivityAt: Math.max(conversation.lastActivityAt, createdAt),
    waitingSince: author.kind === 'visitor' ? (conversation.waitingSince ?? createdAt) : null,
  }
}

/** It answers nobody, is no news, and whoever had read everything has read it. */
function withLine(conversation: Conversation, seq: number): Conversation {
  const { lastSeq, agentReadSeq, visitorReadSeq } = conversation
  return {
    ...conversation,
    lastSeq: seq,
    agentReadSeq: agentReadSeq === lastSeq ? seq : agentReadSeq,
    visitorReadSeq: visitorReadSeq === lastSeq ? seq : visitorReadSeq,
  }
}

function withRead(conversation: Conversation, reader: 'visitor' | 'agent', seq: number): Conversation {
  const mark = reader === 'visitor' ? 'visitorReadSeq' : 'agentReadSeq'
  return conversation[mark] >= seq ? conversation : { ...conversation, [mark]: seq }
}
