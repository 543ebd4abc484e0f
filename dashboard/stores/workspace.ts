/**
 * One project, open: its inbox, its threads, what is still unsent, and the one connection that keeps them true.
 * Made when a project is opened, stopped when it is left.
 */
import { atom, type ReadableAtom } from 'nanostores'
import type { Api } from '../../client/api.ts'
import { createLinks, type Link } from '../../client/attachment-links.ts'
import { createUpload, type Upload } from '../../client/attachments.ts'
import { type ConnectionOptions, type ConnectionState, createConnection } from '../../client/connection.ts'
import { createOutbox, type Outbox } from '../../client/outbox.ts'
import { browserStore, type OutboxStore } from '../../client/outbox-store.ts'
import { createUploads, type Uploads } from '../../client/uploads.ts'
import type { ServerFrame, WelcomeFrame } from '../../protocol/frames.ts'
import type { Agent } from '../../protocol/records.ts'
import { createDelivery } from './delivery.ts'
import { keepDraftFiles } from './draft-files.ts'
import { createInbox, type Inbox, isAgents } from './inbox.ts'
import { createPages, type Pages } from './pages.ts'
import { followRenewals } from './renewals.ts'
import { createThreads, type Threads } from './threads.ts'
import { createTyping, type Typing } from './typing.ts'

export interface WorkspaceOptions {
  projectId: string
  agent: Agent
  api: Api
  /** The session is over, and why. */
  onEnded: (reason: string) => void
  store?: OutboxStore
  upload?: Upload
  connection?: Pick<ConnectionOptions, 'clock' | 'openSocket' | 'random' | 'wake'> & { url?: string }
}

export interface Workspace {
  projectId: string
  agent: Agent
  inbox: Inbox
  pages: Pages
  threads: Threads
  typing: Typing
  outbox: Outbox
  uploads: Uploads
  linkTo(attachment: string): Promise<Link>
  connection: ReadableAtom<ConnectionState>
  /** Counts up whenever what the server says begins anew: whoever shows a conversation fetches it again. */
  epoch: ReadableAtom<number>
  sayTyping(conversationId: string): void
  sayRead(conversationId: string, seq: number): void
  reconnectNow(): void
  start(): void
  stop(): void
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { projectId, agent, api, onEnded } = options
  const inbox = createInbox()
  const pages = createPages(api, projectId, inbox)
  const threads = createThreads(api)
  const typing = createTyping()
  const epoch = atom(0)
  const connection = createConnection({
    url: options.connection?.url ?? liveAddress(),
    ...options.connection,
    hello: () => ({ project: projectId }),
    onFrame: take,
  })
  const outbox = createOutbox({
    store: options.store ?? browserStore('signet-dashboard'),
    send: createDelivery({ api, connection, sent: (message) => stored(message), refused: (why) => outbox.refuse(why) }),
  })
  const uploads = createUploads({
    upload: options.upload ?? createUpload({ baseUrl: '', project: projectId }),
    discard: (attachment) =>
      api('DELETE /projects/:project/attachments/:attachment', { params: { project: projectId, attachment } }),
    outbox,
  })
  const stored = (message: Parameters<Threads['add']>[0]) => {
    threads.add(message)
    inbox.receiveMessage(message)
    outbox.settle(message)
  }

  function take(frame: ServerFrame) {
    switch (frame.type) {
      case 'ack':
        return stored(frame.message)
      case 'message':
        if (frame.message.kind !== 'system') typing.end(frame.message.conversationId)
        return stored(frame.message)
      case 'conversation':
        return takeConversation(frame)
      case 'gone':
        inbox.drop(frame.conversationId)
        return threads.drop(frame.conversationId)
      case 'read':
        return inbox.read(frame.conversationId, frame.reader, frame.seq)
      default:
        return takePassing(frame)
    }
  }

  function takeConversation({ conversation, messages }: Extract<ServerFrame, { type: 'conversation' }>) {
    if (!isAgents(conversation)) return
    inbox.receive([conversation])
    if (messages) threads.replace(conversation.id, messages)
  }

  /** What is not kept: the connection's own affairs, and who is there. */
  function takePassing(frame: ServerFrame) {
    // Who is online is told to those who are there; whoever was away asks again.
    if (frame.type === 'welcome' && frame.resumed) pages.reload()
    else if (frame.type === 'welcome') beginAnew(frame)
    else if (frame.type === 'typing' && frame.author.id !== agent.id) typing.note(frame.conversationId, frame.author)
    else if (frame.type === 'presence' && frame.kind === 'visitor') inbox.presence(frame.id, frame.online)
    else if (frame.type === 'error' && frame.clientId) outbox.refuse({ ...frame, clientId: frame.clientId })
    else if (frame.type === 'ended') onEnded(frame.message)
  }

  function beginAnew(welcome: WelcomeFrame) {
    inbox.clear()
    inbox.receive(welcome.conversations.filter(isAgents))
    threads.spoil()
    typing.clear()
    pages.reload()
    epoch.set(epoch.get() + 1)
  }

  const watches: (() => void)[] = []

  function start() {
    watches.push(
      followRenewals(api, inbox),
      outbox.entries.subscribe((entries) => threads.setUnsent(entries)),
      keepDraftFiles(uploads, `${agent.id}:${projectId}`),
      connection.state.listen((state) => {
        if (state === 'open') outbox.flush()
        else outbox.interrupted()
        if (state === 'ended') onEnded('Your session has run out. Sign in again.')
      }),
    )
    // Unsent messages belong to who wrote them, and to the project they were written in (DL5).
    void outbox.showTo(`${agent.id}:${projectId}`)
    connection.start()
  }

  return {
    projectId,
    agent,
    inbox,
    pages,
    threads,
    typing,
    outbox,
    uploads,
    linkTo: createLinks((attachment) => api('POST /attachments/:attachment/link', { params: { attachment } })),
    connection: connection.state,
    epoch,
    sayTyping: (conversationId) => void connection.send({ type: 'typing', conversationId }),
    sayRead(conversationId, seq) {
      if (connection.send({ type: 'read', conversationId, seq })) inbox.read(conversationId, 'agent', seq)
    },
    reconnectNow: () => connection.reconnectNow(),
    start,
    stop() {
      // First, while the threads still hear of it: nothing unsent stays behind for who comes next.
      void outbox.showTo(undefined)
      for (const unwatch of watches.splice(0)) unwatch()
      connection.stop()
      typing.clear()
      uploads.clear()
    },
  }
}

function liveAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`
}
