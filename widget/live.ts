import { type Connection, createConnection } from '../client/connection.ts'
import type { ServerFrame } from '../protocol/frames.ts'
import type { Core } from './core.ts'
import { asPageConversation, asPageMessage } from './page-shapes.ts'
import { isSignedIn, type Who } from './who.ts'

export interface Live {
  connection: Connection
  /** From now on frames go here, after those that came since the last welcome. */
  attach(sink: (frame: ServerFrame) => void): void
}

/** The connection of a visitor who has a conversation, or is about to: it lives while the panel is not there, too. */
export function createLive(core: Core, connect = createConnection): Live {
  const { base, settings, session, unread } = core
  let past: ServerFrame[] = []
  let sink: ((frame: ServerFrame) => void) | undefined
  let key: string | undefined

  const connection = connect({
    url: `${base.replace(/^http/, 'ws')}/live`,
    hello: () => ({ project: settings.projectid, ...(key && { session: key }) }),
    onFrame: receive,
  })

  function receive(frame: ServerFrame): void {
    if (frame.type === 'welcome' && !frame.resumed) past = []
    count(frame)
    announce(core, frame)
    if (sink) sink(frame)
    else if (frame.type !== 'typing' && frame.type !== 'presence') past.push(frame)
    if (frame.type === 'ended') session.ended({ code: frame.reason, message: frame.message })
  }

  function count(frame: ServerFrame): void {
    if (frame.type === 'message' && frame.message.author.kind === 'agent') unread.set(unread.get() + 1)
    if (frame.type === 'read' && frame.reader === 'visitor') unread.set(0)
  }

  function follow(now: Who): void {
    const next = isSignedIn(now) ? now.session : undefined
    if (next !== key) {
      past = []
      connection.stop()
    }
    key = next
    if (key) connection.start()
  }

  connection.state.listen((state) => {
    if (state === 'ended') session.ended({ code: 'session_unknown', message: 'This session is not known any more.' })
  })
  session.who.subscribe(follow)

  return {
    connection,
    attach(next) {
      sink = next
      for (const frame of past.splice(0)) next(frame)
    },
  }
}

function announce(core: Core, frame: ServerFrame): void {
  const { events, settings, isOpen } = core
  if (frame.type === 'message') {
    const { author, attributes } = frame.message
    if (author.kind !== 'visitor' && ('updateUserFullname' in attributes || 'updateUserEmail' in attributes))
      import('./update-user.ts').then((it) => it.updateUser(core, attributes), events.report)
    events.dispatch('onMessageCreated', { message: asPageMessage(frame.message, settings) })
  }
  if (frame.type === 'conversation' && !('projectId' in frame.conversation)) {
    const detail = { conversation: asPageConversation(frame.conversation) }
    events.dispatch('onConversationUpdated', detail)
    if (!isOpen.get()) events.dispatch('onChangedConversation', detail)
  }
}
