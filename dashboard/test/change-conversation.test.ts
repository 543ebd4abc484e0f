import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '../../client/api.ts'
import type { Conversation } from '../../protocol/records.ts'
import { insistence, standing, whyNot } from '../pages/inbox/conversation/not-changed.ts'
import { changeConversation } from '../stores/change-conversation.ts'
import { createInbox, type Inbox, type Patch } from '../stores/inbox.ts'
import { conversation, id } from './records.ts'

// Before the stores are imported: they take the page's own.
const answer = vi.hoisted(() => {
  const fetch = vi.fn<(address: string, init: RequestInit) => Promise<Response>>()
  vi.stubGlobal('fetch', fetch)
  return fetch
})

const me = { id: id(7), name: 'Grace' }
const joan = { id: id(8), name: 'Joan' }

/** A server with one conversation, and what it was asked. */
let there: Conversation
let asked: string[]
let inbox: Inbox

const respond = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const theyMade = (patch: Patch) => {
  there = { ...there, ...patch, version: there.version + 1, etag: `${there.etag}+` }
}

beforeEach(() => {
  asked = []
  there = conversation({ etag: 'v1' })
  inbox = createInbox()
  inbox.receive([there])
  answer.mockImplementation(serve)
})

async function serve(_address: string, init: RequestInit): Promise<Response> {
  const match = new Headers(init.headers).get('if-match')
  asked.push([init.method, match].filter(Boolean).join(' '))
  if (init.method === 'GET') return respond(200, there)
  if (match !== null && match !== `"${there.etag}"`) {
    return respond(412, { error: { code: 'changed_meanwhile', message: 'Changed.' } })
  }
  const { assigneeId, ...rest } = JSON.parse(String(init.body))
  const assignee = [me, joan].find((agent) => agent.id === assigneeId) ?? null
  theyMade({ ...rest, ...(assigneeId !== undefined && { assignee }) })
  return respond(200, there)
}

const shown = () => inbox.conversations.get().get(id(100)) ?? conversation()
const change = (patch: Patch, seen = shown()) => changeConversation(inbox, seen, patch)

test('[AG5][HT1] a change shows at once, and goes to the version that is on the screen', async () => {
  const done = change({ assignee: me })
  expect(shown().assignee).toEqual(me)
  await done
  expect(asked).toEqual(['PATCH "v1"'])
  expect(shown()).toMatchObject({ assignee: me, etag: 'v1+' })
})

test('[HT1] what somebody else has changed elsewhere is kept, and not in the way', async () => {
  theyMade({ assignee: joan })
  await change({ state: 'resolved' })
  expect(asked).toEqual(['PATCH "v1"', 'GET', 'PATCH "v1+"'])
  expect(shown()).toMatchObject({ assignee: joan, state: 'resolved' })
})

test('[HT1] of two who take it at once, the second sees who has it, and may insist', async () => {
  theyMade({ assignee: joan })
  await expect(change({ assignee: me })).rejects.toMatchObject({ now: { assignee: joan } })
  expect(shown().assignee).toEqual(joan)
  await change({ assignee: me })
  expect(there.assignee).toEqual(me)
})

test('[HT1] two who do the same are both right', async () => {
  theyMade({ state: 'resolved' })
  await change({ state: 'resolved' })
  expect(asked).toEqual(['PATCH "v1"', 'GET'])
  expect(shown().state).toBe('resolved')
})

test('[HT1] nobody collides with himself, however fast he is', async () => {
  answer.mockImplementationOnce(async (address, init) => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    return serve(address, init)
  })
  const first = change({ assignee: joan })
  const second = change({ assignee: me })
  await Promise.all([first, second])
  expect(there.assignee).toEqual(me)
  expect(shown().assignee).toEqual(me)
})

test('[HT1] an undo does not undo what somebody else has done since', async () => {
  const before = shown()
  await change({ state: 'resolved' })
  theyMade({ state: 'snoozed' })
  inbox.receive([there])
  await expect(change({ state: 'open' }, { ...before, state: 'resolved' })).rejects.toMatchObject({
    now: { state: 'snoozed' },
  })
})

test('[HT1] a server of the version before is asked as before', async () => {
  const { etag: _, ...old } = shown()
  await change({ state: 'resolved' }, old)
  expect(asked).toEqual(['PATCH'])
})

test.each<[Patch, Partial<Conversation>, string, string]>([
  [{ assignee: me }, { assignee: joan }, 'Joan has it now.', 'Assign anyway'],
  [{ assignee: null }, { assignee: me }, 'you have it now.', 'Unassign anyway'],
  [{ assignee: me }, { assignee: null }, 'nobody has it now.', 'Assign anyway'],
  [{ state: 'resolved' }, { state: 'snoozed' }, 'it is snoozed now.', 'Resolve anyway'],
  [{ department: null }, { department: { id: id(9), name: 'Returns' } }, 'it is in Returns now.', 'Move anyway'],
])('how it stands is said, and what insisting would do: %o, but %o', (patch, now, words, verb) => {
  expect(standing(patch, conversation(now), me.id)).toBe(words)
  expect(insistence(patch)).toBe(verb)
})

test('[AG7] who has lost sight of it by that is told why nothing happens', () => {
  const refused = (field: string) => whyNot(new ApiError('not_found', 404, 'There is nothing here.', { field }))
  expect(refused('conversation')).toMatch(/^You cannot see this conversation any more/)
  expect(refused('assigneeId')).toBe('This person is no longer a member.')
})
