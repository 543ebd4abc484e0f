/** A node whose database does not answer knows nothing of who may still be here (VS16). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, type Signet } from '../signet.ts'
import { connectTo, startNode, textsOf } from './cluster.ts'
import { Line } from './line.ts'
import { redisMissing, TestRedis } from './redis.ts'
import { until } from './until.ts'

describe.skipIf(redisMissing)('a node whose database is away', () => {
  let postgres: TestPostgres
  let redis: TestRedis
  let line: Line
  let a: Signet
  let b: Signet
  let shop: Shop
  let session: string

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([startPostgres(), TestRedis.start()])
    const databaseUrl = await postgres.createDatabase()
    line = await Line.to(Number(new URL(databaseUrl).port))
    const overLine = new URL(databaseUrl)
    overLine.port = String(line.port)
    a = await startNode({ databaseUrl, redisUrl: redis.url })
    b = await startNode({ databaseUrl: overLine.href, redisUrl: redis.url })
  }, 30_000)
  afterAll(async () => {
    line.thaw()
    await Promise.all([a.stop(), b.stop()])
    await line.close()
    await Promise.all([postgres.stop(), redis.kill()])
  })
  beforeEach(async () => {
    shop = await Shop.open(a)
    session = (await shop.signIn()).session
  })

  const ready = async (node: Signet) => (await node.anybody.send('GET', '/readyz')).status

  test('[VS16] sends its connections away, takes nobody, and comes back by itself', async () => {
    const [onA, onB] = [await connectTo(a, shop, { session }), await connectTo(b, shop, { session })]
    const { conversationId } = await onB.write('before')
    line.freeze()
    await onB.next('bye')
    expect(await onB.closed).toBe(1001)
    expect([await ready(a), await ready(b)]).toEqual([200, 503])
    const late = await b.open().opened()
    late.say({ type: 'hello', v: 1, project: shop.id, session })
    expect(await late.closed).toBe(1001)
    expect(late.frames).toMatchObject([{ type: 'bye' }])
    // The others don't notice.
    await onA.write('meanwhile', conversationId)
    line.thaw()
    await until(async () => (await ready(b)) === 200)
    const back = await connectTo(b, shop, { session }, onB.cursor)
    expect((await back.next('message')).message.text).toBe('meanwhile')
  })

  test('[VS16] tells nobody what happens elsewhere once a second has gone by', async () => {
    const [onA, onB] = [await connectTo(a, shop, { session }), await connectTo(b, shop, { session })]
    const { conversationId } = await onA.write('before')
    await onB.next('message')
    line.freeze()
    await until(async () => (await ready(b)) === 503)
    await onA.write('meanwhile', conversationId)
    await onB.next('bye')
    expect(textsOf(onB)).toEqual(['before'])
    line.thaw()
    await until(async () => (await ready(b)) === 200)
    const back = await connectTo(b, shop, { session }, onB.cursor)
    expect((await back.next('message')).message.text).toBe('meanwhile')
  })

  test('[VS16] comes back from a database that broke all its connections', async () => {
    const onB = await connectTo(b, shop, { session })
    line.freeze()
    await onB.next('bye')
    line.cut()
    line.thaw()
    await until(async () => (await ready(b)) === 200)
    const back = await connectTo(b, shop, { session })
    await back.write('after')
  })
})
