import { atom, type ReadableAtom } from 'nanostores'
import type { ConnectionState } from '../../client/connection.ts'
import { createOutbox } from '../../client/outbox.ts'
import type { OutboxEntry } from '../../client/outbox-entry.ts'
import { browserStore } from '../../client/outbox-store.ts'
import { createTimeline, type Row } from '../../client/timeline.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import type { Message, VisitorConversation } from '../../protocol/records.ts'
import { globalsOf } from '../announce.ts'
import type { Core } from '../core.ts'
import type { Live } from '../live.ts'
import { noteUnsent } from '../unsent.ts'
import { isSignedIn, type Who } from '../who.ts'
import { createHistory } from './history.ts'
import { createGuestOpener } from './open-guest.ts'
import { afterSending, beforeSending } from './outgoing.ts'
import { shelfStore } from './shelf-store.ts'
import { createTyping } from './typing.ts'

/** The one conversation on the screen, and what happens to it. */
export interface Chat {
  rows: ReadableAtom<readonly Row[]>
  conversation: ReadableAtom<VisitorConversation | undefined>
  /** Is the past of it there yet? */
  isLoaded: ReadableAtom<boolean>
  hasEarlier: ReadableAtom<boolean>
  /** The agent who is typing. */
  typing: ReadableAtom<string | undefined>
  link: ReadableAtom<ConnectionState>
  submit(text: string): void
  retry(clientId: string): void
  remove(clientId: string): void
  loadEarlier(): Promise<void>
  /** The visitor has the end of the conversation before his eyes. */
  seen(): void
  isTyping(): void
  /** A conversation from before the sign-in is on its way, and is to be shown (VS7). */
  awaitKept(): void
}

export function createChat(core: Core): Chat {
  const { session, settings, shelf } = core
  const timeline = createTimeline()
  const conversation = atom<VisitorConversation | undefined>(undefined)
  const history = createHistory(core, timeline, () => conversation.get()?.id)
  const typing = createTyping()
  const link = atom<ConnectionState>('idle')
  const store = settings.persistence === 'local' ? browserStore('signet') : shelfStore(shelf)
  const outbox = createOutbox({ store, send })
  const openGuest = createGuestOpener(core)
  let live: Live | undefined
  let owner: string | undefined
  let isKeptAwaited = false

  function follow(now: Who): void {
    const next = isSignedIn(now) ? now.owner : undefined
    const isNew = isSignedIn(now) && !now.conversations && (now.state === 'verified' || !now.session)
    if (next !== owner) {
      owner = next
      show(undefined, isNew)
      void outbox.showTo(owner).then(openGuestIfNeeded)
    }
  }

  function openGuestIfNeeded(): void {
    if (outbox.entries.get().some((entry) => entry.state === 'pending')) openGuest()
  }

  function show(chosen: VisitorConversation | undefined, isNew: boolean): void {
    conversation.set(chosen)
    history.begin(isNew)
    typing.show(undefined)
    showUnsent()
  }

  function showUnsent(): void {
    const entries = outbox.entries.get()
    const current = conversation.get()?.id
    // Before the server says which conversation there is, whatever waits is shown.
    timeline.setUnsent(entries.filter(({ conversationId }) => !current || (conversationId ?? current) === current))
    if (owner) noteUnsent(shelf, owner, entries.length > 0)
  }

  function receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'message':
      case 'ack':
        return take(frame.message)
      case 'typing':
        return isShown(frame.conversationId) ? typing.show(frame.author.name ?? '') : undefined
      case 'read':
        return markRead(frame.conversationId, frame.reader, frame.seq)
      case 'error':
        return frame.clientId ? outbox.refuse({ ...frame, clientId: frame.clientId }) : undefined
      case 'gone':
        return isShown(frame.conversationId) ? show(undefined, true) : undefined
      case 'welcome':
        return frame.resumed ? undefined : begin(frame.conversations.filter(isVisitors))
      case 'conversation':
        return isVisitors(frame.conversation) ? update(frame.conversation, frame.messages) : undefined
    }
  }

  /** The present state: the conversation that is shown already, the latest open one, or else the latest. */
  function begin(conversations: VisitorConversation[]): void {
    const chosen =
      conversations.find(({ id }) => isShown(id)) ??
      conversations.find(({ state }) => state === 'open') ??
      conversations[0]
    if (chosen && isShown(chosen.id)) conversation.set(chosen)
    else show(chosen, !chosen)
    void history.loadLatest()
  }

  function take(message: Message): void {
    const isMine = outbox.entries.get().some(({ clientId }) => clientId === message.clientId)
    if (isShown(message.conversationId) || (isMine && !conversation.get())) {
      timeline.add([message])
      if (message.author.kind === 'agent') typing.show(undefined)
    }
    outbox.settle(message)
  }

  function update(fresh: VisitorConversation, messages: readonly Message[] = []): void {
    const present = conversation.get()
    if (!present || (isKeptAwaited && !isShown(fresh.id))) {
      isKeptAwaited = false
      if (present) show(fresh, false)
      else conversation.set(fresh)
      void history.loadLatest()
    } else if (fresh.id === present.id && fresh.version >= present.version) conversation.set(fresh)
    if (isShown(fresh.id)) timeline.add(messages)
  }

  function markRead(id: string, reader: 'visitor' | 'agent', seq: number): void {
    const present = conversation.get()
    const field = reader === 'agent' ? 'agentReadSeq' : 'visitorReadSeq'
    if (present?.id === id && seq > present[field]) conversation.set({ ...present, [field]: seq })
  }

  function isShown(id: string): boolean {
    return conversation.get()?.id === id
  }

  function send({ clientId, conversationId, text, attributes }: OutboxEntry): boolean {
    const place = { ...(conversationId && { conversationId }), ...(attributes && { attributes }) }
    return live?.connection.send({ type: 'send', clientId, text, ...place }) ?? false
  }

  function submit(text: string): void {
    const conversationId = conversation.get()?.id ?? outbox.entries.get().at(-1)?.conversationId ?? null
    if (!conversationId && !timeline.rows.get().length) {
      core.events.dispatch('onNewConversation', { ...globalsOf(settings), newConvId: '' })
    }
    const attributes = beforeSending(core, text, conversationId)
    const entry = outbox.add({ conversationId, text, attributes })
    openGuest()
    afterSending(core, entry)
  }

  function seen(): void {
    const present = conversation.get()
    const last = timeline.rows.get().findLast((row) => row.state === 'sent' && row.message.seq !== null)
    const seq = last?.state === 'sent' ? (last.message.seq ?? 0) : 0
    core.unread.set(0)
    if (!present || seq <= present.visitorReadSeq) return
    if (live?.connection.send({ type: 'read', conversationId: present.id, seq })) markRead(present.id, 'visitor', seq)
  }

  function isTyping(): void {
    const conversationId = conversation.get()?.id
    if (conversationId && typing.mayTell()) live?.connection.send({ type: 'typing', conversationId })
  }

  function connect(made: Live): void {
    live = made
    live.connection.state.subscribe((state) => {
      link.set(state)
      if (state === 'open') outbox.flush()
      else outbox.interrupted()
    })
    live.attach(receive)
  }

  session.who.subscribe(follow)
  outbox.entries.listen(showUnsent)
  conversation.listen(showUnsent)
  core.toWipe.subscribe((owners) => {
    for (const gone of owners) void outbox.wipe(gone)
  })
  core.live().then(connect, () => link.set('waiting'))

  return {
    rows: timeline.rows,
    conversation,
    isLoaded: history.isLoaded,
    hasEarlier: history.hasEarlier,
    typing: typing.who,
    link,
    submit,
    retry: outbox.retry,
    remove: outbox.remove,
    loadEarlier: history.loadEarlier,
    seen,
    isTyping,
    awaitKept() {
      isKeptAwaited = true
    },
  }
}

function isVisitors(conversation: object): conversation is VisitorConversation {
  return !('projectId' in conversation)
}
