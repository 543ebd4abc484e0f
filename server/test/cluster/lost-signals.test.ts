/** The bus loses, doubles, delays and reverses what it carries: everything still arrives, in order, once. */
import { createClient } from '@redis/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Bus } from '../../bus/bus.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { Shop, type Signet } from '../signet.ts'
import type { Socket } from '../socket.ts'
import { connectTo, counting, isRising, numbersOf, startNode, textsOf } from './cluster.ts'
import { redisMissing, TestRedis } from './redis.ts'
import { until } from './until.ts'

/** Two comparisons with the database, and the reading. */
const healedMs = 1_500

describe.skipIf(redisMissing)('a bus that cannot be relied on', () => {
  let postgres: TestPostgres
  let redis: TestRedis
  let a: Signet
  let b: Signet
  let shop: Shop
  let visitor: Socket
  let agents: Socket[]
  let conversationId: string

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([startPostgres(), TestRedis.start()])
    const stores = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url }
    ;[a, b] = await Promise.all([startNode(stores), startNode(stores)])
  }, 30_000)
  afterAll(async () => {
    await Promise.all([a.stop(), b.stop()])
    await Promise.all([postgres.stop(), redis.kill()])
  })
  beforeEach(async () => {
    shop = await Shop.open(a)
    visitor = await connectTo(a, shop, { session: (await shop.signIn()).session })
    agents = [await connectTo(a, shop, { agent: shop.owner }), await connectTo(b, shop, { agent: shop.owner })]
    conversationId = (await visitor.write('0')).conversationId
    for (const agent of agents) await agent.next('message')
  })

  const write = async (texts: string[]) => {
    for (const text of texts) await visitor.write(text, conversationId)
  }

  async function allCame(texts: string[]): Promise<void> {
    const everybody = [...agents, visitor]
    await until(() => everybody.every((socket) => textsOf(socket).length >= texts.length), healedMs)
    // Nothing more comes when the comparison has found nothing missing.
    for (const socket of everybody) {
      await socket.settled()
      expect(textsOf(socket)).toEqual(texts)
      expect(isRising(numbersOf(socket))).toBe(true)
    }
  }

  /** Puts something between the nodes and the bus, until the function that it gives is called. */
  function between(carry: (publish: () => void) => void): () => void {
    const buses: Bus[] = [a.app.model.bus, b.app.model.bus]
    const whole = buses.map((bus) => bus.publish)
    for (const [index, bus] of buses.entries()) {
      bus.publish = (topic, signal) => carry(() => whole[index]?.(topic, signal))
    }
    return () => {
      for (const [index, bus] of buses.entries()) bus.publish = whole[index] ?? bus.publish
    }
  }

  test('[DL4][DL9] every signal lost: all comes from the log', async () => {
    const mend = between(() => {})
    await write(counting(20))
    await allCame(counting(21, 0))
    mend()
    await write(['21'])
    await allCame(counting(22, 0))
  })

  test('[DL4][DL9] some lost in the middle, and the last', async () => {
    let count = 0
    const mend = between((publish) => count++ % 3 === 0 && publish())
    await write(counting(30))
    mend()
    await allCame(counting(31, 0))
  })

  test('[DL4][DL9] each signal twice', async () => {
    const mend = between((publish) => {
      publish()
      publish()
    })
    await write(counting(20))
    mend()
    await allCame(counting(21, 0))
  })

  test('[DL4][DL9] signals in the reverse order, and again', async () => {
    const held: (() => void)[] = []
    const mend = between((publish) => held.push(publish))
    await write(counting(20))
    mend()
    for (const publish of [...held.toReversed(), ...held]) publish()
    await allCame(counting(21, 0))
  })

  test('[DL4][DL9] signals later than anybody waits for them', async () => {
    const held: (() => void)[] = []
    const mend = between((publish) => (held.length % 2 ? publish() : held.push(publish)))
    await write(counting(20))
    await allCame(counting(21, 0))
    mend()
    for (const publish of held) publish()
    await write(['21'])
    await allCame(counting(22, 0))
  })

  test('[DL4][DL9] Redis killed while people write, and back again', async () => {
    await write(counting(5))
    await redis.kill()
    await write(counting(10, 6))
    await allCame(counting(16, 0))
    await redis.start()
    await write(counting(10, 16))
    await allCame(counting(26, 0))
  })

  test('[DL9] what others make up or say again in Redis is not heeded, and no message is taken for known by it', async () => {
    const other = await createClient({ url: redis.url }).connect()
    const channel = `signet:project:${shop.id}`
    const heard: string[] = []
    const listener = await other.duplicate().connect()
    await listener.subscribe(channel, (text) => heard.push(text))
    await write(['1'])
    await until(() => heard.length > 0)
    const [said = ''] = heard
    const number = Number(said.match(/"number":(\d+)/)?.[1])
    const another = said.replace(/"from":"[^"]*"/, '"from":"another"')
    for (const ahead of [1, 2, 3]) {
      const madeUp = another.replace(`"number":${number}`, `"number":${number + ahead}`).replace('"1"', '"made up"')
      await other.publish(channel, madeUp)
      await other.publish(channel, madeUp.replace(/,"mark":"[^"]*"/, ''))
    }
    await other.publish(channel, said)
    await write(counting(5, 2))
    await allCame(counting(7, 0))
    listener.destroy()
    other.destroy()
  })
})
