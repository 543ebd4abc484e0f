/** A conversation changes again in the moment between the end of the log and the reading of what was missed. */
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { changesSince, type Missed, messagesOf, type Reader } from '../../model/changes-since.ts'
import { findVisitorCaller } from '../../model/visitor/session.ts'
import { type Agent, Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop
let member: Agent
let conversationId: string

beforeAll(async () => {
  signet = await Signet.start()
  return () => signet.stop()
})

beforeEach(async () => {
  shop = await Shop.open(signet)
  member = await shop.member('agent')
  const visitor = await shop.connect((await shop.signIn()).session)
  conversationId = (await visitor.write('first')).conversationId
})

const change = (body: { assigneeId?: string | null; tags?: string[] }) =>
  shop.owner.caller.call('PATCH /conversations/:conversation', { params: { conversation: conversationId }, body })

/** What the member missed; `meanwhile` happens once the reading knows where the log ends. */
async function read(since: number, meanwhile: () => Promise<unknown> = async () => {}, reader = bySelf()) {
  const { database, ...model } = signet.app.model
  const interrupted: Database = {
    ...database,
    rows: async (sql, parameters) => {
      const rows = await database.rows<never>(sql, parameters)
      if (sql.includes('change_number from projects')) await meanwhile()
      return rows
    },
  }
  const read = await changesSince({ ...model, database: interrupted }, shop.id, reader, since)
  if (read === 'anew') throw new Error('Nothing was missed that often.')
  return read
}

const bySelf = (): Reader => ({
  kind: 'agent',
  member: { agentId: member.id, projectId: shop.id, role: 'agent', departmentIds: [] },
})

const kinds = (missed: Missed[]) => missed.map(({ kind, number }) => `${kind} ${number}`)

test('[DL4] who has gained a conversation that is just being tagged gets it with its messages', async () => {
  await change({ assigneeId: shop.owner.id })
  const { upTo: since } = await read(0)
  await change({ assigneeId: null })
  const { missed, upTo } = await read(since, () => change({ tags: ['tea'] }))
  expect(kinds(missed)).toEqual([`conversation ${upTo}`])
  const texts = (await Promise.all(missed.map(messagesOf))).flat().map(({ text }) => text)
  expect(texts).toEqual(['first', expect.stringContaining('joined')])
  expect(kinds((await read(upTo)).missed)).toEqual([`conversation ${upTo + 1}`])
})

test('[DL4] who has lost a conversation that is just being tagged is told so at once: live he would not be', async () => {
  const { upTo: since } = await read(0)
  await change({ assigneeId: shop.owner.id })
  const { missed, upTo } = await read(since, () => change({ tags: ['tea'] }))
  expect(kinds(missed)).toEqual([`gone ${upTo}`])
})

test('[DL4] what was only tagged, and is being tagged again, comes at its later number', async () => {
  const { upTo: since } = await read(0)
  await change({ tags: ['tea'] })
  const { missed, upTo } = await read(since, () => change({ tags: ['tea', 'green'] }))
  expect([upTo, kinds(missed)]).toEqual([since + 1, []])
  expect(kinds((await read(upTo)).missed)).toEqual([`conversation ${upTo + 1}`])
})

test('[DL4][VS7] who has taken over a conversation that is just being assigned gets it with its messages, once', async () => {
  const before = await shop.admit()
  conversationId = (await (await shop.connect(before.session)).write('before')).conversationId
  const { session } = await shop.signIn({ external_id: 'b' }, { previousSession: before.session })
  const caller = await findVisitorCaller(signet.app.model, session)
  if (!caller) throw new Error('He has just signed in.')
  const reader: Reader = { kind: 'visitor', caller }
  const { upTo: since } = await read(0, undefined, reader)
  await signet.visitor(session).call('POST /visitor-session/carry-over', { body: { keep: true } })
  const { missed, upTo } = await read(since, () => change({ assigneeId: shop.owner.id }), reader)
  expect(kinds(missed)).toEqual([`conversation ${upTo}`])
  expect((await Promise.all(missed.map(messagesOf))).flat().map(({ text }) => text)).toEqual(['before'])
  const later = await read(upTo, undefined, reader)
  expect(kinds(later.missed)).toEqual([`message ${upTo + 1}`, `conversation ${upTo + 2}`])
  expect(await messagesOf(later.missed[1] ?? { kind: 'gone', number: 0, conversationId })).toEqual([])
})
