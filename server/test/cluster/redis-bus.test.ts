import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bus } from '../../bus/bus.ts'
import { redisBus } from '../../bus/redis.ts'
import { MasterKey } from '../../keys/master-key.ts'
import { signalMarks } from '../../keys/signal-marks.ts'
import { redisMissing, TestRedis } from './redis.ts'
import { until } from './until.ts'

const marks = signalMarks(new MasterKey([randomBytes(32)]), 'epoch')

describe.skipIf(redisMissing)('the bus over Redis', () => {
  let redis: TestRedis
  let reports: unknown[]
  let buses: Bus[]

  const open = async () => {
    const bus = await redisBus(redis.url, marks, (error) => reports.push(error))
    buses.push(bus)
    return bus
  }
  /** Publishes until it is heard: the way through Redis has to be there first. */
  const through = (from: Bus, topic: string, heard: unknown[]) =>
    until(() => {
      from.publish(topic, 'knock')
      return heard.includes('knock')
    })
  const listen = (bus: Bus, topic: string) => {
    const heard: unknown[] = []
    bus.subscribe(topic, (signal) => heard.push(signal))
    return heard
  }

  beforeEach(async () => {
    redis = await TestRedis.start()
    reports = []
    buses = []
  })
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()))
    redis.thaw()
    await redis.kill()
  })

  test("[DL9] a node hears its own signals at once, the others' through Redis, and each once", async () => {
    const [a, b] = [await open(), await open()]
    const [onA, onB] = [listen(a, 'topic'), listen(b, 'topic')]
    await through(a, 'topic', onB)
    onA.length = 0
    a.publish('topic', { first: true })
    expect(onA).toEqual([{ first: true }])
    await until(() => onB.some((signal) => typeof signal === 'object'))
    a.publish('topic', 'last')
    await until(() => onB.includes('last'))
    expect(onB.filter((signal) => typeof signal === 'object')).toEqual([{ first: true }])
    expect(onA).toEqual([{ first: true }, 'last'])
  })

  test('[HT3] it says whether Redis is there', async () => {
    const bus = await open()
    expect(bus.connected()).toBe(true)
    await redis.kill()
    await until(() => !bus.connected())
    await redis.start()
    await until(() => bus.connected())
  })

  test('[DL9] who has left a topic hears nothing more, and who stayed does', async () => {
    const [a, b] = [await open(), await open()]
    const heard: unknown[] = []
    const leave = a.subscribe('topic', (signal) => heard.push(signal))
    const stayed = listen(a, 'topic')
    await through(b, 'topic', stayed)
    leave()
    heard.length = 0
    b.publish('topic', 'later')
    await until(() => stayed.includes('later'))
    expect(heard).toEqual([])
  })

  test('[DL9] who leaves a topic as the last and comes back at once hears what is said there', async () => {
    const [a, b] = [await open(), await open()]
    const heard: unknown[] = []
    const listener = (signal: unknown) => heard.push(signal)
    let leave = a.subscribe('topic', listener)
    await through(b, 'topic', heard)
    leave()
    leave = a.subscribe('topic', listener)
    // Redis answers in order: what comes by a later subscription comes after the leaving.
    await through(b, 'later', listen(a, 'later'))
    heard.length = 0
    await through(b, 'topic', heard)
    leave()
  })

  test('[DL9] a subscription survives a restart of Redis, and one that was asked for meanwhile comes with it', async () => {
    const [a, b] = [await open(), await open()]
    const before = listen(a, 'before')
    await through(b, 'before', before)
    await redis.kill()
    await until(() => reports.length > 0)
    const meanwhile = listen(a, 'meanwhile')
    // Long enough for an attempt to connect, which makes the client drop what it was asked.
    const { length } = reports
    await until(() => reports.length > length + 4)
    await redis.start()
    before.length = 0
    await through(b, 'before', before)
    await through(b, 'meanwhile', meanwhile)
  })

  test('[DL9] publishing while Redis is away neither throws nor blocks nor says so each time', async () => {
    const a = await open()
    const own = listen(a, 'topic')
    await redis.kill()
    await until(() => reports.length > 0)
    reports.length = 0
    for (let count = 0; count < 10_000; count++) a.publish('topic', count)
    expect(own).toHaveLength(10_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(reports.length).toBeLessThan(10)
  })

  test('[DL9] publishing to a Redis that does not answer does not pile up memory', async () => {
    const a = await open()
    redis.freeze()
    const text = 'x'.repeat(2_000)
    const before = process.memoryUsage()
    for (let count = 0; count < 50_000; count++) {
      a.publish('topic', text)
      if (count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const after = process.memoryUsage()
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(100 * 1024 * 1024)
  })

  test('[DL9] a node starts without Redis, and hears the others when it comes', async () => {
    await redis.kill()
    const [a, b] = await Promise.all([open(), open()])
    const heard = listen(a, 'topic')
    await redis.start()
    await through(b, 'topic', heard)
  })

  test("[DL9] another program's words on a shared Redis are reported and hurt nobody", async () => {
    const [a, b] = [await open(), await open()]
    const heard = listen(a, 'topic')
    await through(b, 'topic', heard)
    const { createClient } = await import('@redis/client')
    const other = createClient({ url: redis.url })
    await other.connect()
    await other.publish('topic', 'no JSON')
    const elsewhere: string[] = []
    const listener = await other.duplicate().connect()
    await listener.subscribe('signet:elsewhere', (text) => elsewhere.push(text))
    b.publish('elsewhere', 'said elsewhere')
    await until(() => elsewhere.length > 0)
    heard.length = 0
    const words = ['no JSON', 'null', '{}', '{"from":"x","signal":1}', elsewhere[0] ?? '', `${elsewhere[0]} `]
    for (const word of words) await other.publish('signet:topic', word)
    listener.destroy()
    other.destroy()
    await through(b, 'topic', heard)
    expect(heard.filter((signal) => signal !== 'knock')).toEqual([])
    expect(reports).toHaveLength(1)
  })
})
