/** The same moment on two nodes: what only one of them may do, one does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SqlValue } from '../../db/database.ts'
import { upTo } from '../contract/world.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, type Signet } from '../signet.ts'
import { connectTo, startNode } from './cluster.ts'
import { redisMissing, TestRedis } from './redis.ts'

describe.skipIf(redisMissing)('two nodes at the same moment', () => {
  let postgres: TestPostgres
  let redis: TestRedis
  let a: Signet
  let b: Signet
  let shop: Shop

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([startPostgres(), TestRedis.start()])
    const stores = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url }
    ;[a, b] = await Promise.all([startNode(stores), startNode(stores)])
  }, 60_000)
  afterAll(async () => {
    await Promise.all([a.stop(), b.stop()])
    await Promise.all([postgres.stop(), redis.kill()])
  }, 60_000)
  beforeEach(async () => {
    shop = await Shop.open(a)
  })

  const params = () => ({ project: shop.id })
  const change = (body: object) => shop.owner.caller.call('PATCH /projects/:project', { params: params(), body })
  const admit = (node: Signet, body: object) =>
    node.anybody.call('POST /projects/:project/visitor-sessions', { params: params(), body })
  const offer = (node: Signet, body: object) =>
    node.anybody.refusal('POST /projects/:project/visitor-sessions', { params: params(), body })
  const ownersOf = async () => {
    const sql = 'select visitor_id from conversations where project_id = ?'
    return (await a.app.model.database.rows<{ visitor_id: string }>(sql, [shop.id])).map((row) => row.visitor_id)
  }

  test('[VT13] a token that is good once lets one in, whichever node it is offered to', async () => {
    await change({ singleUseTokens: true })
    for (const index of upTo(15)) {
      const body = { token: shop.token({ jti: `token ${index}`, external_id: `customer-${index}` }) }
      const outcomes = await Promise.all([offer(a, body), offer(b, body), offer(a, body), offer(b, body)])
      expect(outcomes.toSorted()).toEqual(['accepted', ...Array(3).fill('token_replayed jti')])
    }
  })

  test('[VS15] a sign-in that crosses the ban leaves no session open', async () => {
    for (const index of upTo(15)) {
      const body = { token: shop.token({ external_id: `customer-${index}` }) }
      const { visitor } = await admit(a, body)
      const ban = shop.owner.caller.call('POST /projects/:project/bans', {
        params: params(),
        body: { visitorId: visitor.id },
      })
      const crossing = await Promise.all([...upTo(4).map((count) => offer(count % 2 ? a : b, body)), ban])
      expect(new Set(crossing.slice(0, 4)).difference(new Set(['accepted', 'banned']))).toEqual(new Set())
      const open = await a.app.model.database.rows(
        'select id from visitor_sessions where visitor_id = ? and ended_at is null',
        [visitor.id],
      )
      expect(open).toEqual([])
    }
  })

  test('[VS10] an anonymous session that is opened while signing in becomes required opens no door', async () => {
    const { database } = a.app.model
    const { transaction } = database
    const [asked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    // Has just been told that nobody need sign in.
    database.transaction = (turn) =>
      transaction((tx) => {
        const rows = async <Row>(sql: string, parameters: readonly SqlValue[]) => {
          const found = await tx.rows<Row>(sql, parameters)
          if (sql.includes('enforcement')) {
            asked.resolve()
            await goOn.promise
          }
          return found
        }
        return turn({ ...tx, rows })
      })
    const admission = admit(a, {})
    await asked.promise
    database.transaction = transaction
    await change({ enforcement: 'required', override: true })
    goOn.resolve()
    const { session } = await admission
    expect(await a.visitor(session).refusal('GET /visitor-session', {})).toBe('session_ended')
    const socket = await b.open().opened()
    socket.say({ type: 'hello', v: 1, project: shop.id, session })
    expect((await socket.next('ended')).reason).toBe('authentication_required')
  })

  test('[VS7] what was written on one browser goes to one of two who sign in on it', async () => {
    for (const policy of ['always', 'ask'] as const) {
      await change({ anonymousCarryOver: policy })
      for (const index of upTo(5)) {
        const { session } = await admit(a, {})
        await (await connectTo(a, shop, { session })).write('A secret of A')
        const people = await Promise.all(
          [a, b].map((node, at) =>
            admit(node, { token: shop.token({ external_id: `${policy} ${index} ${at}` }), previousSession: session }),
          ),
        )
        const keep = { body: { keep: true } }
        await Promise.all(
          people.map((person) => a.visitor(person.session).call('POST /visitor-session/carry-over', keep)),
        )
        const own = new Set(people.map(({ visitor }) => visitor.id))
        expect((await ownersOf()).filter((id) => own.has(id))).toHaveLength(1)
      }
    }
    expect(await ownersOf()).toHaveLength(10)
  })

  test('[VS7][DL4] what moves on one node comes to the agents and the visitor on the other', async () => {
    const before = await admit(a, {})
    await (await connectTo(a, shop, before)).write('before')
    const signedIn = await admit(a, { token: shop.token(), previousSession: before.session })
    const [own, agent] = [await connectTo(b, shop, signedIn), await connectTo(b, shop, { agent: shop.owner })]
    await a.visitor(signedIn.session).call('POST /visitor-session/carry-over', { body: { keep: true } })
    expect((await own.next('conversation')).messages?.map(({ text }) => text)).toEqual(['before'])
    const { conversation } = await agent.next('conversation')
    expect('visitor' in conversation && conversation.visitor.id).toBe(signedIn.visitor.id)
  })
})
