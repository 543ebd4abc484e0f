import type { WritableAtom } from 'nanostores'
import type { Outbox } from '../../client/outbox.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import type { Message, VisitorConversation } from '../../protocol/records.ts'
import type { Settings } from '../settings.ts'
import type { Screen } from './chat.ts'
import { type Conversations, isUnread } from './conversations.ts'
import type { Shown } from './shown.ts'
import type { Typing } from './typing.ts'

interface Parts {
  settings: Settings
  conversations: Conversations
  shown: Shown
  screen: WritableAtom<Screen>
  typing: Typing
  outbox: Outbox
}

/** What the server says, put where it belongs. */
export interface Incoming {
  receive(frame: ServerFrame): void
  update(fresh: VisitorConversation): void
  markRead(id: string, reader: 'visitor' | 'agent', seq: number): void
  awaitKept(): void
}

export function createIncoming({ settings, conversations, shown, screen, typing, outbox }: Parts): Incoming {
  const { conversation, timeline, history } = shown
  let isKeptAwaited = false

  function receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'message':
      case 'ack':
        return take(frame.message)
      case 'typing':
        return shown.has(frame.conversationId) ? typing.show(frame.author.name ?? '') : undefined
      case 'read':
        return markRead(frame.conversationId, frame.reader, frame.seq)
      case 'error':
        return frame.clientId ? outbox.refuse({ ...frame, clientId: frame.clientId }) : undefined
      case 'gone':
        return leave(frame.conversationId)
      case 'welcome':
        return frame.resumed ? undefined : arrive(frame.conversations.filter(isVisitors))
      case 'conversation':
        return isVisitors(frame.conversation) ? update(frame.conversation, frame.messages) : undefined
    }
  }

  /** The present state: the conversation that is shown already, or whichever the visitor most likely wants. */
  function arrive(present: VisitorConversation[]): void {
    conversations.forget()
    conversations.put(...present)
    const id = shown.id()
    const waiting = outbox.entries.get().map(({ conversationId }) => conversationId)
    const chosen = id === undefined ? wanted(waiting) : conversations.find(id)
    if (chosen && shown.has(chosen.id)) conversation.set(chosen)
    else if (chosen || id !== null) shown.show(chosen, !chosen)
    if (id === undefined && !chosen && present.length && !waiting.length) screen.set('home')
    void history.loadLatest()
  }

  function wanted(waiting: (string | null)[]): VisitorConversation | undefined {
    const known = conversations.list.get()
    if (waiting.includes(null)) return undefined
    return (
      known.find(({ id }) => waiting.includes(id)) ??
      known.find(isUnread) ??
      known.find(({ state }) => state === 'open') ??
      (settings.singleConversation || !settings.startFromHome ? known[0] : undefined)
    )
  }

  function leave(id: string): void {
    conversations.drop(id)
    if (!shown.has(id)) return
    shown.show(undefined, true)
    if (conversations.list.get().length) screen.set('home')
  }

  function take(message: Message): void {
    const { clientId, conversationId } = message
    const mine = outbox.entries.get().find((entry) => entry.clientId === clientId)
    conversations.heard(message)
    if (mine?.conversationId === null && shown.id() === null) shown.adopt(conversationId)
    if (shown.id() === conversationId) {
      timeline.add([message])
      if (message.author.kind === 'agent') typing.show(undefined)
    }
    outbox.settle(message)
  }

  function update(fresh: VisitorConversation, messages: readonly Message[] = []): void {
    const isFirst = !conversations.list.get().length
    conversations.put(fresh)
    if (isKeptAwaited && !shown.has(fresh.id)) {
      isKeptAwaited = false
      screen.set('chat')
      shown.show(fresh, false)
      void history.loadLatest()
    } else if (shown.id() === fresh.id || (shown.id() === null && isFirst)) shown.adopt(fresh.id)
    if (!shown.has(fresh.id)) return
    conversation.set(conversations.find(fresh.id))
    timeline.add(messages)
  }

  function markRead(id: string, reader: 'visitor' | 'agent', seq: number): void {
    const known = conversations.find(id)
    const field = reader === 'agent' ? 'agentReadSeq' : 'visitorReadSeq'
    if (!known || seq <= known[field]) return
    const fresh = { ...known, [field]: seq }
    conversations.put(fresh)
    if (shown.has(id)) conversation.set(fresh)
  }

  return {
    receive,
    update,
    markRead,
    awaitKept() {
      isKeptAwaited = true
    },
  }
}

function isVisitors(conversation: object): conversation is VisitorConversation {
  return !('projectId' in conversation)
}
