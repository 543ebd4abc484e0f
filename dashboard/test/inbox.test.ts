import { expect, test } from 'vitest'
import { createInbox } from '../stores/inbox.ts'
import { conversationsIn, isUnread, unreadCounts } from '../stores/view.ts'
import { conversation, id, message, now, visitor } from './records.ts'

const me = id(7)
const get = (inbox: ReturnType<typeof createInbox>, key = id(100)) => inbox.conversations.get().get(key)

test('of two copies the higher version holds, whichever comes first', () => {
  const inbox = createInbox()
  inbox.receive([conversation({ version: 5, state: 'resolved' })])
  inbox.receive([conversation({ version: 4, state: 'open' })])
  expect(get(inbox)?.state).toBe('resolved')
  inbox.receive([conversation({ version: 6, state: 'snoozed' })])
  expect(get(inbox)?.state).toBe('snoozed')
})

test('[AG5] a change shows at once, and taking it off undoes it', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  const undo = inbox.patch(id(100), { state: 'resolved' })
  expect(get(inbox)?.state).toBe('resolved')
  undo()
  expect(get(inbox)?.state).toBe('open')
})

test('[AG5] undoing one of two changes leaves the other', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  const undo = inbox.patch(id(100), { state: 'resolved' })
  inbox.patch(id(100), { assignee: { id: me, name: 'Grace' } })
  undo()
  expect(get(inbox)).toMatchObject({ state: 'open', assignee: { id: me } })
})

test('news that arrives under an unconfirmed change does not hide it', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  inbox.patch(id(100), { state: 'resolved' })
  inbox.receive([conversation({ version: 2, tags: ['vip'] })])
  expect(get(inbox)).toMatchObject({ state: 'resolved', tags: ['vip'] })
})

test('a message moves its row before the conversation’s own news comes', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  const later = message({ id: id(201), seq: 2, text: 'Still there?', createdAt: now + 5_000 })
  inbox.receiveMessage(later)
  expect(get(inbox)).toMatchObject({ lastMessage: later, lastSeq: 2, lastActivityAt: now + 5_000 })
})

test('an old message, fetched late, does not become the last one', () => {
  const inbox = createInbox()
  inbox.receive([conversation({ lastSeq: 4, lastMessage: message({ seq: 4 }) })])
  inbox.receiveMessage(message({ id: id(201), seq: 2, createdAt: now - 60_000 }))
  expect(get(inbox)?.lastMessage?.seq).toBe(4)
})

test('[DL10] a read mark only moves forward', () => {
  const inbox = createInbox()
  inbox.receive([conversation({ lastSeq: 5 })])
  inbox.read(id(100), 'agent', 4)
  inbox.read(id(100), 'agent', 2)
  expect(get(inbox)?.agentReadSeq).toBe(4)
})

test('presence reaches every conversation of the visitor and no other', () => {
  const inbox = createInbox()
  const other = conversation({ id: id(101), visitor: visitor({ id: id(2), online: true }) })
  inbox.receive([conversation(), conversation({ id: id(102) }), other])
  inbox.presence(id(1), false)
  expect([...inbox.conversations.get().values()].map((each) => each.visitor.online)).toEqual([false, false, true])
})

test('[DL4] a conversation that is gone from sight is gone from the list', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  inbox.drop(id(100))
  expect(get(inbox)).toBeUndefined()
})

test('[AG4] mine, unassigned and all, in each state, the latest first', () => {
  const inbox = createInbox()
  const grace = { id: me, name: 'Grace' }
  inbox.receive([
    conversation({ id: id(101), lastActivityAt: now - 3_000 }),
    conversation({ id: id(102), lastActivityAt: now - 1_000, assignee: grace }),
    conversation({ id: id(103), lastActivityAt: now - 2_000, assignee: { id: id(8), name: 'Joan' } }),
    conversation({ id: id(104), lastActivityAt: now, state: 'resolved' }),
  ])
  const ids = (folder: 'mine' | 'unassigned' | 'all', since = 0) =>
    conversationsIn(inbox.conversations.get(), { folder, state: 'open' }, me, since).map((each) => each.id)
  expect(ids('all')).toEqual([id(102), id(103), id(101)])
  expect(ids('mine')).toEqual([id(102)])
  expect(ids('unassigned')).toEqual([id(101)])
  expect(ids('all', now - 2_500)).toEqual([id(102), id(103)])
})

test('[AG4] unread is what a visitor wrote and no agent saw; a closed conversation does not count', () => {
  expect(isUnread(conversation())).toBe(true)
  expect(isUnread(conversation({ agentReadSeq: 1 }))).toBe(false)
  expect(isUnread(conversation({ lastMessage: message({ author: { kind: 'agent', id: me, name: 'Grace' } }) }))).toBe(
    false,
  )
  const all = new Map(
    [
      conversation(),
      conversation({ id: id(101), assignee: { id: me, name: 'Grace' } }),
      conversation({ id: id(102), assignee: { id: id(8), name: 'Joan' } }),
      conversation({ id: id(103), state: 'resolved' }),
    ].map((each) => [each.id, each]),
  )
  expect(unreadCounts(all, me)).toEqual({ mine: 1, unassigned: 1, all: 3, nagging: 2 })
})

test('an agent’s reply ends the waiting, and a note leaves the row alone', () => {
  const inbox = createInbox()
  inbox.receive([conversation()])
  const agent = { kind: 'agent', id: me, name: 'Grace' } as const
  inbox.receiveMessage(message({ id: id(201), seq: null, kind: 'note', author: agent }))
  expect(get(inbox)).toMatchObject({ waitingSince: now, lastMessage: { id: id(200) } })
  inbox.receiveMessage(message({ id: id(202), seq: 2, author: agent, createdAt: now + 1_000 }))
  expect(get(inbox)).toMatchObject({ waitingSince: null, lastMessage: { id: id(202) } })
})

test('a page of the list that was made before a message does not take the message back', () => {
  const inbox = createInbox()
  inbox.receive([conversation({ version: 3 })])
  inbox.receiveMessage(message({ id: id(201), seq: 2, text: 'Newer', createdAt: now + 1_000 }))
  inbox.read(id(100), 'agent', 2)
  inbox.receive([conversation({ version: 4, tags: ['vip'] })])
  expect(get(inbox)).toMatchObject({ lastSeq: 2, lastMessage: { text: 'Newer' }, agentReadSeq: 2, tags: ['vip'] })
})

test('a line that says what happened is no news, and answers nobody', () => {
  const inbox = createInbox()
  inbox.receive([conversation({ agentReadSeq: 1 })])
  const line = message({ seq: 2, kind: 'system', author: { kind: 'system', id: null, name: null }, text: 'Joined.' })
  inbox.receiveMessage(line)
  const after = get(inbox)
  expect(after).toMatchObject({ lastSeq: 2, agentReadSeq: 2, lastMessage: { text: 'Hello' }, waitingSince: now })
  expect(after && isUnread(after)).toBe(false)
})

test('a department’s conversations alone', () => {
  const inbox = createInbox()
  inbox.receive([conversation(), conversation({ id: id(101), department: { id: id(41), name: 'Orders' } })])
  const shown = conversationsIn(inbox.conversations.get(), { folder: 'all', state: 'open', department: id(41) }, me)
  expect(shown.map((each) => each.id)).toEqual([id(101)])
})
