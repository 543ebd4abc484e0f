import { expect, test } from 'vitest'
import { createConversations, isUnread, unreadBeside } from '../panel/conversations.ts'
import { about, idOf, now, talk } from './shots/scene.ts'

const one = talk(idOf(1), [{ text: 'Hello', ago: 9 }])
const two = talk(idOf(2), [
  { text: 'Hello', ago: 5 },
  { by: 'agent', text: 'Good morning', ago: 4 },
])

test('the latest conversation stands first, and of two copies the newer one', () => {
  const conversations = createConversations()
  conversations.put(about(idOf(1), one), about(idOf(2), two, { version: 3 }))
  conversations.put(about(idOf(2), two, { version: 2, state: 'resolved' }))
  expect(conversations.list.get().map(({ id, state }) => [id, state])).toEqual([
    [idOf(2), 'open'],
    [idOf(1), 'open'],
  ])
})

test('a message brings its conversation up, once', () => {
  const conversations = createConversations()
  conversations.put(about(idOf(1), one), about(idOf(2), two))
  const [, answer] = talk(idOf(1), [
    { text: 'Hello', ago: 9 },
    { by: 'agent', text: 'Yes?', ago: 0 },
  ])
  if (!answer) throw new Error('no message')
  conversations.heard(answer)
  expect(conversations.list.get()[0]).toMatchObject({ id: idOf(1), lastSeq: 2, lastActivityAt: now })
  conversations.heard({ ...answer, seq: 1, text: 'older' })
  expect(conversations.find(idOf(1))?.lastMessage?.text).toBe('Yes?')
})

test('[WG3] what is unread is somebody else’s, and counted beside the conversation that is open', () => {
  const conversations = createConversations()
  conversations.put(about(idOf(1), one, { visitorReadSeq: 0 }), about(idOf(2), two, { visitorReadSeq: 1 }))
  expect(conversations.list.get().map(isUnread)).toEqual([true, false])
  expect(unreadBeside(conversations, idOf(1))).toBe(1)
  expect(unreadBeside(conversations, idOf(2))).toBe(0)
})
