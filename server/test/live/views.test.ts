import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../../../identity/password.ts'
import type { ServerFrame } from '../../../protocol/frames.ts'
import { Shop, Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'

let signet: Signet
let shop: Shop
let session: string
let visitor: Socket
let agent: Socket
let conversationId: string

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  agent = await shop.connectAgent(shop.owner)
  session = (await shop.signIn()).session
  visitor = await shop.connect(session)
  conversationId = (await visitor.write('Hello')).conversationId
  await agent.next('message')
  await visitor.settled()
})

const params = () => ({ params: { conversation: conversationId } })
const change = (body: object) => shop.owner.caller.call('PATCH /conversations/:conversation', { ...params(), body })
const write = (text: string, kind?: 'note') =>
  shop.owner.caller.call('POST /conversations/:conversation/messages', {
    ...params(),
    body: { clientId: crypto.randomUUID(), text, ...(kind && { kind }) },
  })
const quiet = (frames: ServerFrame[]) => frames.filter((frame) => frame.type !== 'presence')

test('[DL11] a visitor is told nothing of notes, tags, assignees and snoozing, live', async () => {
  await write('careful with him', 'note')
  expect((await agent.next('message')).message.kind).toBe('note')
  await change({ tags: ['vip'] })
  await change({ state: 'snoozed' })
  expect(await visitor.settled()).toEqual([])
  await change({ assigneeId: shop.owner.id })
  // That somebody has joined, and no more.
  const [line, ...rest] = await visitor.settled()
  expect(line).toMatchObject({
    type: 'message',
    message: { kind: 'system', text: `${shop.owner.name} joined the conversation.` },
  })
  expect(rest.map(({ type }) => type)).toEqual(['conversation'])
  await change({ state: 'resolved' })
  const { conversation } = await visitor.next('conversation')
  expect(Object.keys(conversation).toSorted()).toEqual([
    'agentReadSeq',
    'createdAt',
    'department',
    'id',
    'lastActivityAt',
    'lastMessage',
    'lastSeq',
    'rating',
    'state',
    'version',
    'visitorReadSeq',
  ])
  expect(conversation.state).toBe('resolved')
})

test('[DL11] a visitor is told nothing of them when he comes back either', async () => {
  await visitor.leave()
  await write('careful with him', 'note')
  await change({ tags: ['vip'], assigneeId: shop.owner.id, state: 'snoozed' })
  await write('see you')
  for (const cursor of [visitor.cursor, undefined]) {
    const back = await shop.connect(session, cursor)
    await back.settled()
    const told = JSON.stringify(back.frames)
    for (const hidden of ['careful', 'vip', 'snoozed', 'assignee', '"tags"', 'waitingSince']) {
      expect(told).not.toContain(hidden)
    }
    expect(told).toContain('see you')
  }
})

test('[DL11] agents get the whole, in the same order', async () => {
  await change({ tags: ['vip'] })
  const { conversation } = await agent.next('conversation')
  expect(conversation).toMatchObject({ tags: ['vip'], visitor: { name: 'Grace', identity: 'verified', online: true } })
})

test('one visitor can neither write to, read nor type in the conversation of another', async () => {
  const other = await shop.connect((await shop.signIn({ external_id: 'other' })).session)
  const clientId = crypto.randomUUID()
  other.say({ type: 'send', clientId, conversationId, text: 'let me in' })
  expect(await other.next('error')).toMatchObject({ code: 'not_found', clientId })
  other.say({ type: 'read', conversationId, seq: 1 })
  other.say({ type: 'typing', conversationId })
  await other.settled()
  expect(quiet(await visitor.settled())).toEqual([])
  expect(quiet(await agent.settled())).toEqual([])
  await write('for Grace alone')
  await visitor.next('message')
  expect(quiet(await other.settled())).toEqual([])
})

test('an agent hears nothing of another project', async () => {
  const elsewhere = await Shop.open(signet)
  const theirs = await elsewhere.connectAgent(elsewhere.owner)
  await visitor.write('Hi', conversationId)
  await agent.next('message')
  expect(await theirs.settled()).toEqual([])
})

test('[AG7] an agent cannot write to, read or type in what is assigned to somebody else', async () => {
  const colleague = await shop.connectAgent(await shop.member('agent'))
  await change({ assigneeId: shop.owner.id })
  await colleague.next('gone')
  await visitor.settled()
  const clientId = crypto.randomUUID()
  colleague.say({ type: 'send', clientId, conversationId, text: 'x' })
  expect(await colleague.next('error')).toMatchObject({ code: 'not_found', clientId })
  colleague.say({ type: 'read', conversationId, seq: 1 })
  colleague.say({ type: 'typing', conversationId })
  await colleague.settled()
  expect(quiet(await visitor.settled())).toEqual([])
  visitor.say({ type: 'typing', conversationId })
  await agent.next('typing')
  expect(quiet(await colleague.settled())).toEqual([])
})

test('[DL10] typing is live for the others in the conversation, comes back to nobody, and is not stored', async () => {
  const secondTab = await shop.connect(session)
  const colleague = await shop.connectAgent(await shop.member('agent'))
  const before = await signet.app.model.database.rows('select change_number from projects', [])
  agent.say({ type: 'typing', conversationId })
  for (const socket of [visitor, secondTab, colleague]) {
    expect(await socket.next('typing')).toMatchObject({
      conversationId,
      author: { kind: 'agent', name: shop.owner.name },
    })
  }
  visitor.say({ type: 'typing', conversationId })
  for (const socket of [agent, colleague]) {
    expect(await socket.next('typing')).toMatchObject({ conversationId, author: { kind: 'visitor', name: 'Grace' } })
  }
  for (const socket of [agent, visitor]) expect(quiet(await socket.settled())).toEqual([])
  expect(await signet.app.model.database.rows('select change_number from projects', [])).toEqual(before)
})

test('[DL10] presence is live for agents: the first connection, the last one, and none between', async () => {
  const { session: other, visitor: who } = await shop.signIn({ external_id: 'other' })
  const ofHim = async () =>
    (await agent.settled()).flatMap((frame) => (frame.type === 'presence' && frame.id === who.id ? frame.online : []))
  const first = await shop.connect(other)
  expect(await ofHim()).toEqual([true])
  const second = await shop.connect(other)
  await first.leave()
  expect(await ofHim()).toEqual([])
  await second.leave()
  expect((await agent.next('presence', (frame) => frame.id === who.id)).online).toBe(false)
  expect(visitor.frames.map(({ type }) => type)).not.toContain('presence')
})

test('[DL10] an agent is online in the projects that he has open', async () => {
  const member = await shop.member('agent')
  const online = async () => {
    const { members } = await shop.owner.caller.call('GET /projects/:project/members', {
      params: { project: shop.id },
      query: {},
    })
    return members.find(({ agent: one }) => one.id === member.id)?.online
  }
  expect(await online()).toBe(false)
  const socket = await shop.connectAgent(member)
  expect(await online()).toBe(true)
  await socket.leave()
  await agent.next('presence', (frame) => frame.id === member.id && !frame.online)
  expect(await online()).toBe(false)
})

test('[DL10] read marks are live and stored, go forward only, and never past the last message', async () => {
  await write('one')
  await write('two')
  const { message } = await visitor.next('message', (frame) => frame.message.text === 'two')
  expect(message.seq).toBe(3)
  visitor.say({ type: 'read', conversationId, seq: 2 })
  for (const socket of [agent, visitor]) {
    expect(await socket.next('read')).toMatchObject({ conversationId, reader: 'visitor', seq: 2 })
  }
  visitor.say({ type: 'read', conversationId, seq: 1 })
  visitor.say({ type: 'read', conversationId, seq: 2 })
  visitor.say({ type: 'read', conversationId, seq: 999 })
  expect((await agent.next('read')).seq).toBe(3)
  agent.say({ type: 'read', conversationId, seq: 1 })
  expect(await visitor.next('read', (frame) => frame.reader === 'agent')).toMatchObject({ seq: 1 })
  const found = await shop.owner.caller.call('GET /conversations/:conversation', params())
  expect(found).toMatchObject({ visitorReadSeq: 3, agentReadSeq: 1 })
})

test('[DL10] who was away is told how far was read', async () => {
  await agent.leave()
  visitor.say({ type: 'read', conversationId, seq: 1 })
  await visitor.next('read')
  const back = await shop.connectAgent(shop.owner, agent.cursor)
  expect((await back.next('conversation')).conversation.visitorReadSeq).toBe(1)
})

test('[DL3] seq is the same for everybody', async () => {
  await write('note', 'note')
  const reply = await write('reply')
  expect(reply.seq).toBe(2)
  const seen = await Promise.all(
    [visitor, agent].map((socket) => socket.next('message', (frame) => frame.message.id === reply.id)),
  )
  expect(seen.map(({ message }) => message)).toEqual([reply, reply])
})

test('[DL1] a message that is sent again over another connection is acked with what is stored', async () => {
  const clientId = crypto.randomUUID()
  const first = await visitor.write('once', conversationId, clientId)
  const secondTab = await shop.connect(session)
  expect(await secondTab.write('once', conversationId, clientId)).toEqual(first)
  const overHttp = await signet.visitor(session).call('POST /conversations/:conversation/messages', {
    ...params(),
    body: { clientId, text: 'once' },
  })
  expect(overHttp).toEqual(first)
  const other = await shop.connect((await shop.signIn({ external_id: 'other' })).session)
  other.say({ type: 'send', clientId, text: 'mine now' })
  const refused = await other.next('error')
  expect([refused.code, JSON.stringify(refused).includes('once')]).toEqual(['client_id_conflict', false])
})

test('[AG6] what a visitor writes arrives letter by letter', async () => {
  const text = '<img src=x onerror=alert(1)> \u202e {{7*7}} #{1} %00 \\u0000 👩‍👩‍👧'
  await visitor.write(text, conversationId)
  expect((await agent.next('message')).message.text).toBe(text)
})

const comeBack = async (member: Parameters<Shop['connectAgent']>[0], cursor: string) => {
  const socket = await signet.open(member.headers).opened()
  socket.say({ type: 'hello', v: 1, project: shop.id, cursor })
  await socket.next('reset')
  return (await socket.next('welcome', ({ resumed }) => !resumed)).conversations.map(({ id }) => id)
}

test.each([
  ['admin', 'agent'],
  ['agent', 'admin'],
] as const)(
  '[AG7][DL4] who left as %s and comes back as %s begins anew, with what he sees now',
  async (before, after) => {
    await change({ assigneeId: shop.owner.id })
    const member = await shop.member(before)
    const socket = await shop.connectAgent(member)
    await socket.leave()
    const path = { params: { project: shop.id, agent: member.id } }
    await shop.owner.caller.call('PATCH /projects/:project/members/:agent', { ...path, body: { role: after } })
    expect(await comeBack(member, socket.cursor)).toEqual(after === 'admin' ? [conversationId] : [])
  },
)

test('[AG7][DL4] who was removed and invited again while he was away begins anew', async () => {
  const member = await shop.member('agent')
  const socket = await shop.connectAgent(member)
  await socket.leave()
  await shop.owner.caller.call('DELETE /projects/:project/members/:agent', {
    params: { project: shop.id, agent: member.id },
  })
  await change({ assigneeId: shop.owner.id })
  const invited = await shop.owner.caller.call('POST /projects/:project/invitations', {
    params: { project: shop.id },
    body: { email: member.email, role: 'agent' },
  })
  const password = 'a long password'
  const hash = await hashPassword(password)
  await signet.app.model.database.transaction((tx) =>
    tx.rows('update agents set password_hash = ? where id = ?', [hash, member.id]),
  )
  const token = invited.link.split('#')[1] ?? ''
  await signet.anybody.call('POST /invitations/accept', { body: { token, password } })
  expect(await comeBack(member, socket.cursor)).toEqual([])
})
