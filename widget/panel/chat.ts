import { atom, type ReadableAtom, type WritableAtom } from 'nanostores'
import type { ConnectionState } from '../../client/connection.ts'
import { createOutbox, type Outbox } from '../../client/outbox.ts'
import type { OutboxEntry, UnsentAttachment } from '../../client/outbox-entry.ts'
import { browserStore } from '../../client/outbox-store.ts'
import type { Row } from '../../client/timeline.ts'
import type { Attributes, Message, VisitorConversation } from '../../protocol/records.ts'
import { globalsOf } from '../announce.ts'
import type { Core } from '../core.ts'
import type { Live } from '../live.ts'
import { noteUnsent } from '../unsent.ts'
import { isSignedIn, type Who } from '../who.ts'
import { type Conversations, createConversations, unreadBeside } from './conversations.ts'
import { createIncoming } from './incoming.ts'
import { lazyShelfStore } from './lazy-shelf-store.ts'
import { createGuestOpener } from './open-guest.ts'
import { afterSending, beforeSending } from './outgoing.ts'
import { createShown } from './shown.ts'
import { createTyping } from './typing.ts'

export type Screen = 'home' | 'list' | 'chat'
export type Aside = 'menu' | 'emoji' | 'ending'

/** The conversations, the one that is shown, and what happens to it. */
export interface Chat {
  screen: WritableAtom<Screen>
  /** What lies over the screen for a moment. */
  aside: WritableAtom<Aside | undefined>
  conversations: Conversations
  rows: ReadableAtom<readonly Row[]>
  conversation: ReadableAtom<VisitorConversation | undefined>
  /** Counts the times that another conversation came to the screen. */
  turn: ReadableAtom<number>
  /** Is the past of it there yet? */
  isLoaded: ReadableAtom<boolean>
  hasEarlier: ReadableAtom<boolean>
  /** The agent who is typing. */
  typing: ReadableAtom<string | undefined>
  link: ReadableAtom<ConnectionState>
  /** The department that a new conversation is for, once it is chosen. */
  department: WritableAtom<string | undefined>
  open(id: string): void
  /** Of the conversation that is shown. */
  toEnd(): void
  /** Shows the place for a new conversation. */
  begin(): void
  /** `isQuiet`: the page itself sends it, and is not asked before. */
  submit(text: string, attributes?: Attributes, isQuiet?: boolean, attachments?: readonly UnsentAttachment[]): void
  outbox: Outbox
  /** What the composer's next message takes along; whoever draws the files says so. */
  files: WritableAtom<readonly UnsentAttachment[]>
  /** A guest is about to write: the server must know of him. */
  openGuest(): void
  loadEarlier(): Promise<void>
  /** The visitor has the end of the conversation before his eyes. */
  seen(): void
  isTyping(): void
  /** The server answered with a newer copy. */
  learned(conversation: VisitorConversation): void
  /** A conversation from before the sign-in is on its way, and is to be shown (VS7). */
  awaitKept(): void
}

const freshMs = 30_000

export function createChat(core: Core): Chat {
  const { session, settings, shelf } = core
  const conversations = createConversations()
  const shown = createShown(core, conversations)
  const { conversation, timeline, history } = shown
  const screen = atom<Screen>('chat')
  const aside = atom<Aside | undefined>(undefined)
  const department = atom<string | undefined>(undefined)
  const files = atom<readonly UnsentAttachment[]>([])
  const typing = createTyping()
  const link = atom<ConnectionState>('idle')
  const store = settings.persistence === 'local' ? browserStore('signet') : lazyShelfStore(shelf)
  const outbox = createOutbox({ store, send })
  const openGuest = createGuestOpener(core)
  const incoming = createIncoming({ settings, conversations, shown, screen, typing, outbox })
  let live: Live | undefined
  let owner: string | undefined

  function follow(now: Who): void {
    const next = isSignedIn(now) ? now.owner : undefined
    const isNew = isSignedIn(now) && !now.conversations && (now.state === 'verified' || !now.session)
    if (next !== owner) {
      owner = next
      conversations.forget()
      department.set(undefined)
      screen.set('chat')
      shown.show(undefined, isNew)
      void outbox.showTo(owner).then(openGuestIfNeeded)
    }
  }

  function openGuestIfNeeded(): void {
    if (outbox.entries.get().some((entry) => entry.state === 'pending')) openGuest()
  }

  function open(id: string): void {
    const chosen = conversations.find(id)
    if (!chosen) return
    if (!shown.has(id)) {
      shown.show(chosen, false)
      void history.loadLatest()
    }
    screen.set('chat')
  }

  function begin(): void {
    department.set(undefined)
    if (shown.id() !== null) shown.show(undefined, true)
    screen.set('chat')
  }

  function showUnsent(): void {
    const entries = outbox.entries.get()
    timeline.setUnsent(entries.filter(shown.takes))
    if (owner) noteUnsent(shelf, owner, entries.length > 0)
  }

  function send(entry: OutboxEntry): boolean {
    const { clientId, conversationId, departmentId, text, attributes, attachments } = entry
    const place = conversationId ? { conversationId } : departmentId ? { departmentId } : {}
    const attachmentIds = attachments?.flatMap(({ id }) => id ?? [])
    const more = { ...(attributes && { attributes }), ...(attachmentIds && { attachmentIds }) }
    return live?.connection.send({ type: 'send', clientId, text, ...place, ...more }) ?? false
  }

  function submit(text: string, more?: Attributes, isQuiet?: boolean, attachments?: readonly UnsentAttachment[]): void {
    const known = shown.id()
    const conversationId = (known === undefined ? outbox.entries.get().at(-1)?.conversationId : known) ?? null
    if (!conversationId && !timeline.rows.get().length) {
      for (const name of ['', 'ComponentInit'])
        core.events.dispatch(`onNewConversation${name}`, { ...globalsOf(settings), newConvId: '' })
    }
    const answers = conversationId ? undefined : shelf.get('answers')
    const own = { ...(answers !== undefined && { preChatForm: answers }), ...more }
    const attributes = beforeSending(core, text, conversationId, own, isQuiet)
    const departmentId = conversationId ? undefined : department.get() || settings.departmentID
    const entry = outbox.add({
      conversationId,
      text,
      attributes,
      ...(attachments?.length && { attachments }),
      ...(departmentId && { departmentId }),
    })
    openGuest()
    afterSending(core, entry)
  }

  function seen(): void {
    const present = conversation.get()
    const last = timeline.rows.get().findLast((row) => row.state === 'sent' && row.message.seq !== null)
    const seq = last?.state === 'sent' ? (last.message.seq ?? 0) : 0
    core.unread.set(unreadBeside(conversations, present?.id))
    if (!present || seq <= present.visitorReadSeq) return
    const frame = { type: 'read' as const, conversationId: present.id, seq }
    if (live?.connection.send(frame)) incoming.markRead(present.id, 'visitor', seq)
  }

  function isTyping(): void {
    const conversationId = conversation.get()?.id
    if (conversationId && typing.mayTell()) live?.connection.send({ type: 'typing', conversationId })
  }

  /** Nobody who reads the conversation needs to be told that there is a message. */
  function notify(message: Message): void {
    const isRead = core.isOpen.get() && screen.get() === 'chat' && shown.has(message.conversationId)
    const isFresh = Date.now() - message.createdAt < freshMs
    if (message.author.kind !== 'agent' || !isFresh || (isRead && document.hasFocus())) return
    const show = () => open(message.conversationId)
    import('./notice.ts').then((it) => it.notice(core, message, show), core.events.report)
  }

  function connect(made: Live): void {
    live = made
    live.connection.state.subscribe((state) => {
      link.set(state)
      if (state === 'open') outbox.flush()
      else outbox.interrupted()
    })
    live.attach((frame) => {
      incoming.receive(frame)
      if (frame.type === 'message') notify(frame.message)
    })
  }

  session.who.subscribe(follow)
  outbox.entries.listen(showUnsent)
  conversation.listen(showUnsent)
  shown.turn.listen(() => {
    typing.show(undefined)
    showUnsent()
  })
  core.toWipe.subscribe((owners) => {
    for (const gone of owners) void outbox.wipe(gone)
  })
  core.live().then(connect, () => link.set('waiting'))

  return {
    screen,
    aside,
    conversations,
    rows: timeline.rows,
    conversation,
    turn: shown.turn,
    isLoaded: history.isLoaded,
    hasEarlier: history.hasEarlier,
    typing: typing.who,
    link,
    department,
    open,
    toEnd: shown.again,
    begin,
    submit,
    outbox,
    files,
    openGuest,
    loadEarlier: history.loadEarlier,
    seen,
    isTyping,
    learned: incoming.update,
    awaitKept: incoming.awaitKept,
  }
}
