/**
 * A new version is brought in: one node after the other is told to stop, and started again, while people write. They
 * are the clients' very parts, dozens of them. Nobody may notice anything but that he was connected anew.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisMissing } from '../../server/test/cluster/redis.ts'
import { until } from '../../server/test/cluster/until.ts'
import { Cluster } from '../cluster.ts'
import { Crowd } from '../crowd.ts'
import { Owner } from '../owner.ts'
import type { Talker } from '../talker.ts'

const patienceMs = 30_000
/** What a move may take beyond what the server and chance ask for: connecting, on a machine that is busy. */
const slackMs = 6_000

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
    await until(() => crowd.talkers.every(isSettled), patienceMs)
    const ids = crowd.visitors.map(({ conversation }) => conversation)
    stored = new Map(await Promise.all(ids.map(async (id) => [id, await owner.messagesOf(id)] as const)))
    await until(() => crowd.talkers.every((talker) => hasHeardAll(talker, stored)), patienceMs)
  }, 120_000)

  test('[DL1][DL5] what was written meanwhile is stored once, and of each visitor in the order of writing', () => {
    for (const { conversation, written } of crowd.visitors) {
      expect(stored.get(conversation)?.filter((text) => text.startsWith('visitor'))).toEqual(written)
    }
    for (const { name, written } of crowd.agents) {
      for (const [conversation, texts] of written) {
        const own = stored.get(conversation)?.filter((text) => text.startsWith(`${name} `))
        expect(own?.sort()).toEqual(texts.sort())
      }
    }
  })

  test('[DL4] what came to each client came once and in order, and so it stands on its screen', () => {
    for (const talker of crowd.talkers) {
      for (const seqs of seqsOf(talker)) expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    }
    for (const { tabs, conversation } of crowd.visitors) {
      const seen = stored.get(conversation)?.filter((text) => !isNote(text))
      for (const tab of tabs) expect(tab.rows(conversation)).toEqual(seen)
    }
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

const isSettled = ({ isOpen, outbox }: Talker) => isOpen && outbox.entries.get().length === 0

const isNote = (text: string) => text.includes(' notes ')

/** The last numbered message of each conversation that it hears of. */
function hasHeardAll({ heard }: Talker, stored: Map<string, string[]>): boolean {
  const texts = new Set(heard.map(({ text }) => text))
  return heard.every(({ conversationId }) => {
    const last = stored.get(conversationId)?.findLast((text) => !isNote(text))
    return last !== undefined && texts.has(last)
  })
}

/** The numbers of what came, conversation by conversation. */
function seqsOf({ heard }: Talker): number[][] {
  const numbered = heard.filter(({ seq }) => seq !== null)
  const conversations = Map.groupBy(numbered, ({ conversationId }) => conversationId).values()
  return [...conversations].map((messages) => messages.map(({ seq }) => seq ?? 0))
}

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
