import { readdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { findAtRest } from '../at-rest.ts'
import { Shop, Signet } from '../signet.ts'
import { ofProject } from './every-endpoint.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const find = (text: string, caller = shop.owner.caller) =>
  caller.call('GET /projects/:project/conversations', { ...ofProject(shop), query: { text } })

async function written(text: string) {
  const { session, visitor } = await shop.signIn({ external_id: crypto.randomUUID() })
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write(text)
  await socket.leave()
  return { session, visitor, conversationId }
}

test('[AG4][HT5] what was written is found, and looked for where nobody is kept waiting', async () => {
  const { conversationId, session } = await written('Where is my parcel?')
  const { database } = signet.app.model
  const asked: string[] = []
  const { rows } = database
  database.rows = (sql, parameters) => {
    asked.push(sql)
    return rows(sql, parameters)
  }
  const found = await find('parcel')
  database.rows = rows
  expect(asked.filter((sql) => /messages|from visitors|from conversations/.test(sql))).toEqual([])
  expect(found.conversations.map(({ id }) => id)).toEqual([conversationId])
  expect(found.matches).toMatchObject([
    { conversationId, excerpt: { text: 'Where is my parcel?', ranges: [{ from: 12, to: 18 }] } },
  ])
  // A visitor looks for nothing, not even in what is his.
  expect(await find('parcel', signet.visitor(session))).toEqual({ conversations: [], matches: [], nextPage: null })
})

test('[HT6] what is erased stands in no file any more, the index of messages included', async () => {
  const secret = 'abracadabra4711'
  const { visitor } = await written(`this is ${secret}`)
  await find(secret)
  await expect.poll(() => findAtRest(signet.dataDir, secret).some((where) => where.startsWith('search.db'))).toBe(true)
  const params = { project: shop.id, visitor: visitor.id }
  await shop.owner.caller.call('DELETE /projects/:project/visitors/:visitor', { params })
  expect(readdirSync(signet.dataDir)).toContain('search.db')
  expect(findAtRest(signet.dataDir, secret).filter((where) => where.startsWith('search.db'))).toEqual([])
  expect((await find(secret)).conversations).toEqual([])
})

test('[HT5] more than can be looked for at once is refused with a code', async () => {
  const busy = await Signet.start({ seams: { readLimits: { waiting: 0 } } })
  const { owner, id } = await Shop.open(busy)
  const query = { params: { project: id }, query: { text: 'parcel' } }
  expect(await owner.caller.refusal('GET /projects/:project/conversations', query)).toBe('unavailable')
  await busy.stop()
})
