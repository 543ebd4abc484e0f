/**
 * A new version is brought in: one node after the other is told to stop, and started again, while people write. They
 * are the clients' very parts, dozens of them. Nobody may notice anything but that he was connected anew.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisMissing } from '../../server/test/cluster/redis.ts'
import { Cluster } from '../cluster.ts'
import { Crowd } from '../crowd.ts'
import { expectAllHeard, expectAllStored, storedInTheEnd } from '../crowd-check.ts'
import { Owner } from '../owner.ts'

/** What a move may take beyond what the server and chance ask for: connecting, on a machine that is busy. */
const slackMs = 15_000

describe.skipIf(redisMissing)('a rolling restart', () => {
  let cluster: Cluster
  let owner: Owner
  let crowd: Crowd
  /** By conversation, what the server has in the end. */
  let stored: Map<string, string[]>

  beforeAll(async () => {
    cluster = await Cluster.start(3)
    owner = await Owner.setUp(cluster.url)
    crowd = await Crowd.gather(cluster.url, owner, { visitors: 20, agents: 4 })
  })
  afterAll(async () => {
    crowd?.leave()
    await cluster?.stop()
  })

  test('[DL8][DL9] each node ends with 0 within ten seconds and comes back, while everybody writes', async () => {
    const hush = crowd.talk()
    await passed(1_500)
    for (const node of cluster.nodes) {
      const { code, ms } = await node.stop()
      expect([code, node.errors]).toEqual([0, ''])
      expect(ms).toBeLessThan(10_000)
      await node.start()
    }
    await passed(1_500)
    hush()
    stored = await storedInTheEnd(crowd, owner)
  })

  test('[DL1][DL5] what was written meanwhile is stored once, and of each visitor in the order of writing', () => {
    expectAllStored(crowd, stored)
  })

  test('[DL4] what came to each client came once and in order, and so it stands on its screen', () => {
    expectAllHeard(crowd, stored)
  })

  test('[DL8] no client saw more than reconnects, each at the first attempt and in the time that chance allows', () => {
    expect(crowd.talkers.flatMap(({ complaints }) => complaints)).toEqual([])
    const moves = crowd.talkers.flatMap((talker) => talker.moves)
    expect(moves.length).toBeGreaterThanOrEqual(crowd.talkers.length)
    expect(moves.flatMap(({ refusals }) => refusals)).toEqual([])
    const late = moves.filter(({ retryAfterMs, awayMs }) => {
      return awayMs > retryAfterMs + Math.max(retryAfterMs, 1_000) + slackMs
    })
    expect(late).toEqual([])
  })
})

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
