import { expect, test } from 'vitest'
import { type Api, ApiError } from '../../client/api.ts'
import type { Upload } from '../../client/attachments.ts'
import { memoryStore } from '../../client/outbox-store.ts'
import type { SocketEvents } from '../../client/socket.ts'
import type { ClientFrame, ServerFrame } from '../../protocol/frames.ts'
import type { Attachment, Message } from '../../protocol/records.ts'
import { placeOf } from '../stores/drafts.ts'
import { createWorkspace } from '../stores/workspace.ts'
import { conversation, id, message, now } from './records.ts'

const me = { id: id(7), name: 'Grace', email: 'grace@example.com' }
const talk = id(100)

/** A workspace whose socket and server are played by hand. */
async function open(answers: Record<string, unknown> = {}, store = memoryStore(), upload?: Upload) {
  const sent: ClientFrame[] = []
  const called: string[] = []
  const ended: string[] = []
  let events: SocketEvents | undefined
  const pages = { 'GET /projects/:project/conversations': { conversations: [], nextPage: null } }
  const history = { 'GET /conversations/:conversation/messages': { messages: [message()], more: false } }
  const known: Record<string, unknown> = { ...pages, ...history, ...answers }
  const bodies: unknown[] = []
  const api: Api = async (key, input) => {
    called.push(key)
    bodies.push(Object(input).body)
    const answer = known[key]
    if (answer instanceof Error) throw answer
    // The stand-in gives what the test says; the types of answers are the server's affair.
    return answer as never
  }
  const workspace = createWorkspace({
    projectId: id(50),
    agent: me,
    api,
    store,
    ...(upload && { upload }),
    onEnded: (reason) => ended.push(reason),
    connection: {
      url: 'ws://test/live',
      wake: () => () => {},
      openSocket: (_, theirs) => {
        events = theirs
        return { send: (text) => sent.push(JSON.parse(text)), close: () => {} }
      },
    },
  })
  workspace.start()
  const hear = (frame: ServerFrame) => events?.received(JSON.stringify(frame))
  const welcome = (conversations = [conversation()], resumed = false) =>
    hear({
      type: 'welcome',
      v: 1,
      self: { kind: 'agent', agent: me, role: 'agent' },
      cursor: 'a.1',
      resumed,
      conversations,
    })
  events?.opened()
  await settled()
  welcome()
  await settled()
  return { workspace, sent, called, bodies, ended, hear, welcome, cut: () => events?.closed(1006) }
}

const settled = () => new Promise((done) => setTimeout(done, 0))
const texts = ({ workspace }: Awaited<ReturnType<typeof open>>) =>
  workspace.threads
    .of(talk)
    .rows.get()
    .map((row) => [row.state, row.state === 'sent' ? row.message.text : row.entry.text])
const lastSend = (sent: ClientFrame[]) => sent.flatMap((frame) => (frame.type === 'send' ? [frame] : [])).at(-1)

test('a message from the socket reaches the open thread and its row', async () => {
  const here = await open()
  here.workspace.threads.open(talk)
  await settled()
  here.hear({
    type: 'message',
    message: message({ id: id(201), clientId: id(301), seq: 2, text: 'More' }),
    cursor: 'a.2',
  })
  expect(texts(here)).toEqual([
    ['sent', 'Hello'],
    ['sent', 'More'],
  ])
  expect(here.workspace.inbox.conversations.get().get(talk)?.lastMessage?.text).toBe('More')
})

test('[DL5] a reply shows at once, is acked, and is never drawn twice', async () => {
  const here = await open()
  here.workspace.threads.open(talk)
  await settled()
  here.workspace.outbox.add({ conversationId: talk, text: 'Here I am' })
  expect(texts(here).at(-1)).toEqual(['pending', 'Here I am'])
  const clientId = lastSend(here.sent)?.clientId ?? ''
  const author = { kind: 'agent', id: me.id, name: me.name } as const
  const stored: Message = message({ id: id(202), clientId, seq: 2, text: 'Here I am', author, createdAt: now + 1 })
  here.hear({ type: 'message', message: stored, cursor: 'a.2' })
  here.hear({ type: 'ack', clientId, message: stored })
  expect(texts(here)).toEqual([
    ['sent', 'Hello'],
    ['sent', 'Here I am'],
  ])
})

test('[DL5] a refused reply stays with its text, and can be sent again', async () => {
  const here = await open()
  here.workspace.outbox.add({ conversationId: talk, text: 'Again and again' })
  const clientId = lastSend(here.sent)?.clientId ?? ''
  here.hear({ type: 'error', code: 'text_invalid', message: 'No.', clientId })
  expect(texts(here).at(-1)).toEqual(['failed', 'Again and again'])
  here.workspace.outbox.retry(clientId)
  expect(texts(here).at(-1)).toEqual(['pending', 'Again and again'])
})

test('[DL5] what was written while the socket was cut is there after a reload, for its writer alone', async () => {
  const store = memoryStore()
  const here = await open({}, store)
  here.cut()
  here.workspace.outbox.add({ conversationId: talk, text: 'Written in a tunnel' })
  here.workspace.stop()
  expect(texts(here)).not.toContainEqual(['pending', 'Written in a tunnel'])
  const later = await open({}, store)
  expect(lastSend(later.sent)?.text).toBe('Written in a tunnel')
})

test('a note goes by HTTP, never as a message that the visitor sees', async () => {
  const note = message({ id: id(203), clientId: id(303), seq: null, kind: 'note', text: 'Regular' })
  const here = await open({ 'POST /conversations/:conversation/messages': note })
  here.workspace.outbox.add({ conversationId: talk, text: 'Regular', kind: 'note' })
  await settled()
  expect(lastSend(here.sent)).toBeUndefined()
  expect(here.called).toContain('POST /conversations/:conversation/messages')
})

test('a refused note stays with the reason', async () => {
  const refusal = new ApiError('text_too_long', 422, 'A message has at most 8,000 characters.')
  const here = await open({ 'POST /conversations/:conversation/messages': refusal })
  here.workspace.outbox.add({ conversationId: talk, text: 'Long', kind: 'note' })
  await settled()
  expect(here.workspace.threads.of(talk).rows.get().at(-1)).toMatchObject({
    state: 'failed',
    failure: { code: 'text_too_long' },
  })
})

test('[DL4] a conversation that goes out of sight takes its messages along', async () => {
  const here = await open()
  here.workspace.threads.open(talk)
  await settled()
  here.hear({ type: 'gone', conversationId: talk, cursor: 'a.2' })
  expect(here.workspace.inbox.conversations.get().size).toBe(0)
  expect(texts(here)).toEqual([])
})

test('[DL4] gaining sight of a conversation brings its messages with it', async () => {
  const here = await open()
  here.hear({ type: 'conversation', conversation: conversation({ version: 2 }), messages: [message()], cursor: 'a.2' })
  expect(texts(here)).toEqual([['sent', 'Hello']])
})

test('[DL4] after a welcome that does not resume, the list and an opened thread are fetched anew', async () => {
  const here = await open()
  here.workspace.pages.open({ folder: 'all', state: 'open' })
  here.workspace.threads.open(talk)
  await settled()
  here.called.length = 0
  here.welcome([])
  expect(here.workspace.inbox.conversations.get().size).toBe(0)
  here.workspace.threads.open(talk)
  await settled()
  expect(here.called).toEqual(['GET /projects/:project/conversations', 'GET /conversations/:conversation/messages'])
})

test('a thread that is fetched anew keeps what came in the meantime', async () => {
  const here = await open()
  here.workspace.threads.open(talk)
  here.hear({ type: 'message', message: message({ id: id(201), clientId: id(301), seq: 2, text: 'Meanwhile' }) })
  await settled()
  expect(texts(here)).toEqual([
    ['sent', 'Hello'],
    ['sent', 'Meanwhile'],
  ])
})

test('the end of the session is told with its reason', async () => {
  const here = await open()
  here.hear({ type: 'ended', reason: 'membership_ended', message: 'You are no longer a member of this project.' })
  expect(here.ended[0]).toBe('You are no longer a member of this project.')
})

test('one’s own typing, in another tab, is not news', async () => {
  const here = await open()
  here.hear({ type: 'typing', conversationId: talk, author: { kind: 'agent', id: me.id, name: me.name } })
  expect(here.workspace.typing.writers.get().size).toBe(0)
  here.hear({ type: 'typing', conversationId: talk, author: { kind: 'visitor', id: id(1), name: 'Ada' } })
  expect(here.workspace.typing.writers.get().get(talk)?.name).toBe('Ada')
  here.workspace.stop()
})

test.each(['reply', 'note'] as const)(
  '[DL5] a %s goes when its files are there, and takes them along',
  async (mode) => {
    const attachment: Attachment = {
      ...{ id: id(61), name: 'a.txt', type: 'text/plain', bytes: 1, width: null, height: null, thumbnail: false },
    }
    const arrival = Promise.withResolvers<Attachment>()
    const here = await open({}, memoryStore(), () => arrival.promise)
    const { outbox, uploads } = here.workspace
    const place = placeOf(talk, mode)
    uploads.add(place, [new File(['x'], 'a.txt')])
    const kind = mode === 'note' && { kind: 'note' as const }
    outbox.add({ conversationId: talk, text: '', attachments: uploads.sendable(place), ...kind })
    await settled()
    expect(uploads.files.get().map((file) => file.place)).toEqual([undefined])
    expect([lastSend(here.sent), here.called.filter((key) => key.startsWith('POST'))]).toEqual([undefined, []])
    arrival.resolve(attachment)
    await settled()
    const gone = mode === 'note' ? here.bodies.at(-1) : lastSend(here.sent)
    expect(gone).toMatchObject({ text: '', attachmentIds: [id(61)] })
  },
)
