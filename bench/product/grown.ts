/** A database that has grown, and what it takes to do the same with it again and again. */
import { randomUUIDv7 } from 'node:crypto'
import type { Member } from '../../server/model/caller.ts'
import { changesSince, type Reader } from '../../server/model/changes-since.ts'
import { listConversations } from '../../server/model/conversation/list.ts'
import type { Appender } from '../../server/model/message/append.ts'
import { readMessages } from '../../server/model/message/history.ts'
import type { OpenConversation } from '../../server/model/message/store.ts'
import type { Model } from '../../server/model/model.ts'
import { Search } from '../../server/model/search/search.ts'
import { answer } from '../answer.ts'
import { exitOnSignal } from '../scratch.ts'
import { gatherStatistics } from '../statistics.ts'
import { type Filling, fill } from './fill.ts'
import { newProject, openAppender, openModel } from './model.ts'

const inFlight = 50
const page = 10
const missed = 5
const anywhere = { state: undefined, assigneeId: undefined, departmentId: undefined, page: undefined }

interface World {
  model: Model
  appender: Appender
  search: Search
  actor: Member
  projectId: string
  agent: Reader
  conversations: OpenConversation[]
  newest: number
}

let world: World | undefined

export type Work = keyof typeof works

const works = {
  'read a page': ({ model }: World, { id }: OpenConversation) =>
    readMessages(model, id, { limit: page, agentView: true }),
  'read a page from the middle': ({ model }: World, { id, last_seq }: OpenConversation) =>
    readMessages(model, id, { after: Math.floor(last_seq / 2), limit: page / 2, agentView: true }),
  'list the inbox': ({ model, projectId, agent }: World) => listConversations(model, projectId, agent, { limit: 1 }),
  'search the inbox by name': ({ search, projectId, actor }: World, { visitor_id }: OpenConversation) =>
    search.find({ projectId, actor, text: visitor_id.slice(-6), limit: 1, ...anywhere }),
  'resume as an agent': ({ model, projectId, agent, newest }: World) =>
    changesSince(model, projectId, agent, newest - missed),
  'resume as a visitor': ({ model, projectId, newest }: World, conversation: OpenConversation) =>
    changesSince(model, projectId, visitor(conversation), Math.min(newest - missed, conversation.change_number - 1)),
  append: ({ appender }: World, conversation: OpenConversation) =>
    appender.append(visitor(conversation), {
      clientId: randomUUIDv7(),
      conversationId: conversation.id,
      text: 'Hello',
    }),
}

const handlers = {
  async fill(filling: Filling): Promise<void> {
    const model = await openModel()
    const { projectId, agentId } = await newProject(model)
    const conversations = await fill(model, projectId, filling)
    await gatherStatistics(process.env.DATABASE_URL)
    const actor: Member = { projectId, agentId, role: 'owner', departmentIds: [] }
    const agent: Reader = { kind: 'agent', member: actor }
    const search = new Search(model)
    const newest = conversations.at(-1)?.change_number ?? 0
    world = { model, appender: openAppender(model), search, actor, projectId, agent, conversations, newest }
  },

  /** Gives microseconds for each, after as many that don't count. */
  async take({ work, times }: { work: Work; times: number }): Promise<number> {
    await run(work, times)
    const began = performance.now()
    await run(work, times)
    return ((performance.now() - began) * 1000) / times
  },
}
export type Grown = typeof handlers

exitOnSignal()
answer(handlers)

/** Appends as they come in together; the rest one after the other. */
async function run(work: Work, times: number): Promise<void> {
  let left = times
  const one = async () => {
    while (left-- > 0) await takeOne(work)
  }
  await Promise.all(Array.from({ length: work === 'append' ? inFlight : 1 }, one))
}

async function takeOne(work: Work): Promise<void> {
  const conversation = world?.conversations[Math.floor(Math.random() * world.conversations.length)]
  if (!world || !conversation) throw new Error('Nothing is filled.')
  await works[work](world, conversation)
}

function visitor({ project_id: projectId, visitor_id: visitorId }: OpenConversation) {
  const caller = { sessionId: '', projectId, visitorId, name: null, verification: null, expiresAt: Infinity }
  return { kind: 'visitor' as const, caller: { kind: 'visitor' as const, ...caller } }
}
